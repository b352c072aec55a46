package org.maskmine.dsl;

import org.maskmine.UserError;

/** Width and height of the tiles of a 2D prediction; see {@link Maskmine#tiles}. */
public record TileSide(int voxels) implements PredictOption {
  /** Checks the side. */
  public TileSide {
    if (voxels < 1) {
      throw new UserError("tiles(" + voxels + "): must be at least 1 voxel wide; try tiles(256)");
    }
  }

  @Override
  public String toString() {
    return "tiles(" + voxels + ")";
  }
}
