package org.maskmine.training;

import java.util.Arrays;
import org.maskmine.volume.Geometry;

/**
 * Averages the weighted logits of tiles that come slice by slice, and reads out the slices that no
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

  /** Weights of the slices in work, [y, x] each, as the sums lie. */
  private final float[][] weights;

  /** One slice as it is read out. */
  private final float[] scores;

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
    this.weights = new float[z.tile()][x.extent() * y.extent()];
    this.scores = new float[x.extent() * y.extent()];
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
    for (int dz = 0; dz < z.tile(); dz++) {
      weigh(weights[Math.floorMod(z0 + dz, sums.length)], weightsZ[dz], y0 - y.first(), left);
    }
    end = Math.max(end, z0 + z.tile());
  }

  private void weigh(float[] slice, float weight, int top, int left) {
    for (int dy = 0; dy < y.tile(); dy++) {
      int to = (top + dy) * x.extent() + left;
      for (int dx = 0; dx < x.tile(); dx++) {
        slice[to + dx] += weight * weightsY[dy] * weightsX[dx];
      }
    }
  }

  private int volume() {
    return x.tile() * y.tile() * z.tile();
  }

  private float[] slice(int at) {
    return sums[Math.floorMod(at, sums.length)];
  }

  /** Takes scores of neighbouring voxels, and the place of the first in the grid. */
  interface Row {
    void take(float[] scores, int from, int to, int length);
  }

  /** Reads out every slice before the given one. */
  void finish(int before, Geometry grid, Row out) {
    for (; next < Math.min(before, end); next++) {
      float[] sum = slice(next);
      float[] weight = weights[Math.floorMod(next, sums.length)];
      if (next >= 0 && next < grid.nz()) {
        for (int i = 0; i < sum.length; i++) {
          sum[i] /= weight[i % weight.length];
        }
        readOut.read(sum, 0, scores.length, scores);
        paste(grid, out);
      }
      Arrays.fill(sum, 0);
      Arrays.fill(weight, 0);
    }
  }

  private void paste(Geometry grid, Row out) {
    int left = Math.max(0, x.first());
    int length = Math.min(grid.nx(), x.first() + x.extent()) - left;
    int last = Math.min(grid.ny(), y.first() + y.extent());
    for (int row = Math.max(0, y.first()); row < last; row++) {
      int from = (row - y.first()) * x.extent() + left - x.first();
      out.take(scores, from, grid.index(left, row, next), length);
    }
  }
}
