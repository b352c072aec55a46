package org.maskmine.training;

/**
 * How a head's logits become a mask. The only place where that is decided: a voxel is foreground
 * where its score is above 0; another threshold turns the dial between recall and precision.
 */
public enum ReadOut {
  /** Two classes (background, foreground): the log-odds of foreground. */
  FOREGROUND(2) {
    @Override
    float score(float[] z, int at, int pixels) {
      return z[at + pixels] - z[at];
    }
  },
  /** Error classes (TN, FP, FN, TP): above 0 where the largest is FN or TP (pwce). */
  FN_OR_TP(4) {
    @Override
    float score(float[] z, int at, int pixels) {
      return Math.max(z[at + 2 * pixels], z[at + 3 * pixels]) - Math.max(z[at], z[at + pixels]);
    }
  },
  /** Error classes (TN, FP, FN, TP): the log-odds of p(FN) + p(TP), after softmax. */
  FN_AND_TP(4) {
    @Override
    float score(float[] z, int at, int pixels) {
      return (float)
          (together(z[at + 2 * pixels], z[at + 3 * pixels]) - together(z[at], z[at + pixels]));
    }

    private static double together(double a, double b) {
      return Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)));
    }
  },
  /** Error classes (TN, FP, FN, TP): the log-odds of TP alone, after sigmoid (dice). */
  TP_CHANNEL(4) {
    @Override
    float score(float[] z, int at, int pixels) {
      return z[at + 3 * pixels];
    }
  };

  private final int classes;

  ReadOut(int classes) {
    this.classes = classes;
  }

  /** Channels of the head that is read. */
  public int classes() {
    return classes;
  }

  abstract float score(float[] z, int at, int pixels);

  /**
   * Reads one image.
   *
   * @param logits float32 [batch, class, pixel]
   * @param image which of the batch
   * @param pixels per image
   * @param out per pixel its score, foreground where above 0
   */
  public void read(float[] logits, int image, int pixels, float[] out) {
    int base = image * classes * pixels;
    for (int i = 0; i < pixels; i++) {
      out[i] = score(logits, base + i, pixels);
    }
  }
}
