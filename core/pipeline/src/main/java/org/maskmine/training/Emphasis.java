package org.maskmine.training;

import org.maskmine.UserError;

/**
 * What a retraining does beyond its loss.
 *
 * @param fp factor of the loss on voxels of class FP, with pixel-weighted cross-entropy; 1 for none
 * @param fn factor of the loss on voxels of class FN
 * @param sampled whether half of the patches are drawn around mined errors, slices in proportion to
 *     their errors
 * @param freshHead whether the error head began at random instead of from the trained head
 */
public record Emphasis(double fp, double fn, boolean sampled, boolean freshHead) {
  /** Nothing beyond the loss. */
  public static final Emphasis NONE = new Emphasis(1, 1, false, false);

  /** Checks the factors. */
  public Emphasis {
    if (!(fp > 0 && fp <= 1000 && fn > 0 && fn <= 1000)) {
      throw new UserError(
          "weights("
              + fp
              + ", "
              + fn
              + "): each must be above 0 and at most 1000; try weights(2, 1)");
    }
  }
}
