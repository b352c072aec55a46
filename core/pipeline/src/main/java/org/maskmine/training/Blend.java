package org.maskmine.training;

import java.util.Arrays;
import org.maskmine.volume.Geometry;

/**
 * Adds up the weighted logits of tiles that come slice by slice, and reads out the slices that no
 * further tile touches; holds no more slices than a tile has.
 */
final class Blend {
  private final Axis x;
  private final Axis y;
  private final Axis z;
  private final ReadOut readOut;
  private final float[] weightsX;
  private final float[] weightsY;
  private final float[] weightsZ;

  /** Sums of the slices in work, [class, y, x] each; slice z lies at z modulo their number. */
  private final float[][] sums;

  /** One slice as it is read out. */
  private final byte[] mask;

  /** The first slice that is not read out yet, and the one after the last that a tile touched. */
  private int next;

  private int end;

  Blend(Axis x, Axis y, Axis z, ReadOut readOut) {
    this.x = x;
    this.y = y;
    this.z = z;
    this.readOut = readOut;
    this.weightsX = x.weights();
    this.weightsY = y.weights();
    this.weightsZ = z.weights();
    this.sums = new float[z.tile()][readOut.classes() * x.extent() * y.extent()];
    this.mask = new byte[x.extent() * y.extent()];
    this.next = z.first();
    this.end = z.first();
  }

  /**
   * Adds a tile.
   *
   * @param logits float32 [tile, class, (z,) y, x]
   * @param index of the tile in them
   */
  void add(float[] logits, int index, int x0, int y0, int z0) {
    int left = x0 - x.first();
    int classes = readOut.classes();
    for (int k = 0, from = index * classes * volume(); k < classes; k++) {
      for (int dz = 0; dz < z.tile(); dz++) {
        float[] sum = slice(z0 + dz);
        for (int dy = 0; dy < y.tile(); dy++, from += x.tile()) {
          float weight = weightsZ[dz] * weightsY[dy];
          int to = (k * y.extent() + y0 - y.first() + dy) * x.extent() + left;
          for (int dx = 0; dx < x.tile(); dx++) {
            sum[to + dx] += weight * weightsX[dx] * logits[from + dx];
          }
        }
      }
    }
    end = Math.max(end, z0 + z.tile());
  }

  private int volume() {
    return x.tile() * y.tile() * z.tile();
  }

  private float[] slice(int at) {
    return sums[Math.floorMod(at, sums.length)];
  }

  /** Reads out every slice before the given one. */
  void finish(int before, Geometry grid, byte[] out) {
    for (; next < Math.min(before, end); next++) {
      float[] sum = slice(next);
      if (next >= 0 && next < grid.nz()) {
        readOut.read(sum, 0, mask.length, mask, 0);
        paste(grid, out);
      }
      Arrays.fill(sum, 0);
    }
  }

  private void paste(Geometry grid, byte[] out) {
    int left = Math.max(0, x.first());
    int length = Math.min(grid.nx(), x.first() + x.extent()) - left;
    int last = Math.min(grid.ny(), y.first() + y.extent());
    for (int row = Math.max(0, y.first()); row < last; row++) {
      int from = (row - y.first()) * x.extent() + left - x.first();
      System.arraycopy(mask, from, out, grid.index(left, row, next), length);
    }
  }
}
