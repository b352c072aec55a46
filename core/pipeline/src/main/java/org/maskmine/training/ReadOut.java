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
  /**
   * Error classes (TN, FP, FN, TP): the log-odds of TP alone, after sigmoid (dice as in the paper).
   */
  TP_CHANNEL(4) {
    @Override
    float score(float[] z, int at, int pixels) {
      return z[at + 3 * pixels];
    }
  },
  /**
   * The same, above 0 from a probability of one fifth on: the logarithm of four times the odds of
   * TP. Where a network reaches a Dice far below 1, Dice is highest at a threshold below one half
   * (ours; docs/explanation.md).
   */
  TP_CHANNEL_FROM_A_FIFTH(4) {
    @Override
    float score(float[] z, int at, int pixels) {
      return z[at + 3 * pixels] + tpShift();
    }
  };

  private static final float FROM_A_FIFTH = (float) Math.log(4);

  private final int classes;

  ReadOut(int classes) {
    this.classes = classes;
  }

  /** Whether channel TP alone decides. */
  public boolean readsTpAlone() {
    return this == TP_CHANNEL || this == TP_CHANNEL_FROM_A_FIFTH;
  }

  /** What is added to the log-odds of TP to get the score, natural logarithm; else 0. */
  public float tpShift() {
    return this == TP_CHANNEL_FROM_A_FIFTH ? FROM_A_FIFTH : 0;
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
