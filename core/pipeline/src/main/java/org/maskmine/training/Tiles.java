package org.maskmine.training;

import org.maskmine.UserError;

/**
 * How a volume is cut for prediction.
 *
 * @param side width and height of a tile in 2D, in voxels; {@link #WHOLE} sees each slice at once
 *     where memory allows. 3D networks always see tiles of their training patch's size
 * @param mirrored whether every tile is also seen mirrored along x, along y and along both, and the
 *     four answers are averaged
 */
public record Tiles(int side, boolean mirrored) {
  /** No tiles: a whole slice, or the part of it that holds the gate. */
  public static final int WHOLE = 0;

  /** Whole slices, seen once. */
  public static final Tiles DEFAULT = new Tiles(WHOLE, false);

  /** Checks the side. */
  public Tiles {
    if (side < 0) {
      throw new UserError("tiles(" + side + "): must be at least 1 voxel wide; take tiles(256)");
    }
  }
}
