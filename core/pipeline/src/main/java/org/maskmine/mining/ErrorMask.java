package org.maskmine.mining;

import org.maskmine.volume.Mask;

/** The four error classes of a prediction, voxel by voxel (PAPER section 2.1, Fig. 2). */
public final class ErrorMask {
  /** Neither predicted nor true. */
  public static final int TN = 0;

  /** Predicted, not true. */
  public static final int FP = 1;

  /** True, not predicted. */
  public static final int FN = 2;

  /** Predicted and true. */
  public static final int TP = 3;

  private ErrorMask() {}

  /**
   * Compares two binary masks of one grid.
   *
   * @return labels TN 0, FP 1, FN 2, TP 3
   */
  public static Mask of(Mask prediction, Mask truth) {
    if (!prediction.geometry().sameGrid(truth.geometry())) {
      throw new IllegalArgumentException(
          "prediction of "
              + prediction.geometry().size()
              + " voxels for a truth of "
              + truth.geometry().size());
    }
    byte[] errors = new byte[truth.values().length];
    for (int i = 0; i < errors.length; i++) {
      errors[i] = (byte) ((prediction.values()[i] == 0 ? 0 : 1) + (truth.values()[i] == 0 ? 0 : 2));
    }
    return new Mask(truth.geometry(), errors);
  }

  /**
   * Targets of the error head.
   *
   * @param truthForTp whether channel TP is replaced by the truth, so that a false negative belongs
   *     to FN and TP (the Dice loss, PAPER section 2.2)
   * @return bit k set where the voxel belongs to class k
   */
  static byte[] membership(Mask errors, boolean truthForTp) {
    byte[] membership = new byte[errors.values().length];
    for (int i = 0; i < membership.length; i++) {
      int error = errors.values()[i];
      int bits = 1 << error;
      membership[i] = (byte) (truthForTp && error == FN ? bits | 1 << TP : bits);
    }
    return membership;
  }
}
