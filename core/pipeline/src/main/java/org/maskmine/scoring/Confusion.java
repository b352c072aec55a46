package org.maskmine.scoring;

/** Voxel counts of a prediction against the truth. */
public record Confusion(long tn, long fp, long fn, long tp) {
  /** No voxels at all. */
  public static final Confusion NONE = new Confusion(0, 0, 0, 0);

  /**
   * Counts two binary masks of one grid.
   *
   * @param prediction non-zero where the structure is predicted
   * @param truth non-zero where it is
   */
  public static Confusion of(byte[] prediction, byte[] truth) {
    if (prediction.length != truth.length) {
      throw new IllegalArgumentException(
          prediction.length + " predicted voxels for " + truth.length + " true ones");
    }
    long fp = 0;
    long fn = 0;
    long tp = 0;
    for (int i = 0; i < truth.length; i++) {
      if (prediction[i] != 0) {
        if (truth[i] != 0) {
          tp++;
        } else {
          fp++;
        }
      } else if (truth[i] != 0) {
        fn++;
      }
    }
    return new Confusion(truth.length - fp - fn - tp, fp, fn, tp);
  }

  /** Both counts together. */
  public Confusion plus(Confusion other) {
    return new Confusion(tn + other.tn, fp + other.fp, fn + other.fn, tp + other.tp);
  }

  /**
   * Dice score 2TP / (2TP + FP + FN), in [0, 1]; NaN where neither prediction nor truth has a voxel
   * (such a pair is left out of means and counted).
   */
  public double dice() {
    return 2.0 * tp / (2 * tp + fp + fn);
  }

  /** TP / (TP + FP); NaN where nothing is predicted. */
  public double precision() {
    return (double) tp / (tp + fp);
  }

  /** TP / (TP + FN); NaN where the truth is empty. */
  public double recall() {
    return (double) tp / (tp + fn);
  }

  /** TP / (TP + FP + FN), the Jaccard index; NaN as {@link #dice}. */
  public double jaccard() {
    return (double) tp / (tp + fp + fn);
  }

  /**
   * (predicted − true) / true volume: 0.1 where a tenth too much is predicted; NaN where the truth
   * is empty.
   */
  public double volumeError() {
    return tp + fn == 0 ? Double.NaN : (double) (fp - fn) / (tp + fn);
  }

  /** Voxels of the prediction. */
  public long predicted() {
    return tp + fp;
  }

  /** Voxels of the truth. */
  public long truth() {
    return tp + fn;
  }
}
