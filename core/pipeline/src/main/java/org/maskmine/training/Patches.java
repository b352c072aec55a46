package org.maskmine.training;

import org.maskmine.UserError;

/**
 * What a training step sees.
 *
 * @param crop width and height of a patch, in voxels
 * @param depth slices of a patch; 1 in 2D
 * @param batch patches per step
 */
public record Patches(int crop, int depth, int batch) {
  /** Checks the numbers. */
  public Patches {
    require(batch >= 2 && batch % 2 == 0, "batch", batch, "must be even: half holds foreground");
    require(crop >= 1, "crop", crop, "must be at least 1");
    require(depth >= 1, "depth", depth, "must be at least 1");
  }

  static void require(boolean holds, String what, int value, String rule) {
    if (!holds) {
      throw new UserError(what + "(" + value + "): " + rule);
    }
  }

  /** The same of another size. */
  public Patches size(int crop, int depth) {
    return new Patches(crop, depth, batch);
  }

  /** As many per step. */
  public Patches batch(int batch) {
    return new Patches(crop, depth, batch);
  }
}
