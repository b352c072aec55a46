package org.maskmine.training;

/** How a head's logits become a mask. The only place where that is decided. */
public enum ReadOut {
  /** Two classes (background, foreground): foreground where its logit is above the background's. */
  FOREGROUND(2) {
    @Override
    boolean foreground(float[] z, int at, int pixels) {
      return z[at + pixels] - z[at] > 0;
    }
  },
  /** Error classes (TN, FP, FN, TP): foreground where the largest is FN or TP (pwce). */
  FN_OR_TP(4) {
    @Override
    boolean foreground(float[] z, int at, int pixels) {
      return Math.max(z[at + 2 * pixels], z[at + 3 * pixels]) > Math.max(z[at], z[at + pixels]);
    }
  },
  /** Error classes (TN, FP, FN, TP): foreground where channel TP alone is above ½ (dice). */
  TP_CHANNEL(4) {
    @Override
    boolean foreground(float[] z, int at, int pixels) {
      return z[at + 3 * pixels] > 0;
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

  abstract boolean foreground(float[] z, int at, int pixels);

  /**
   * Reads one image.
   *
   * @param logits float32 [batch, class, pixel]
   * @param image which of the batch
   * @param pixels per image
   * @param out 1 where foreground, else 0; written from {@code offset} on
   */
  public void read(float[] logits, int image, int pixels, byte[] out, int offset) {
    int base = image * classes * pixels;
    for (int i = 0; i < pixels; i++) {
      out[offset + i] = (byte) (foreground(logits, base + i, pixels) ? 1 : 0);
    }
  }
}
