package org.maskmine.data;

import java.nio.ByteBuffer;
import java.nio.ShortBuffer;
import java.util.Arrays;
import org.maskmine.volume.Geometry;

/**
 * Where the pixels of one patch lie in a slice of a case, and how slices are read there: images
 * between four voxels, everything else at the nearest, so that image, masks and weights of a patch
 * always show the same place. Made for one patch, used by one thread.
 */
public final class Cut {
  private final Geometry grid;
  private final int pixels;

  /** The part of the slice that the patch touches; it may reach beyond the grid. */
  private final int x0;

  private final int y0;
  private final int width;
  private final int height;

  /** Per pixel the place in that part of the voxel before it, and how far it lies behind that. */
  private final int[] before;

  private final float[] behindX;
  private final float[] behindY;

  /** Per pixel the place of the nearest voxel. */
  private final int[] nearest;

  private Cut(Geometry grid, Box box, AxialTransform t) {
    this.grid = grid;
    this.pixels = box.width() * box.height();
    double halfX = (box.width() - 1) / 2.0;
    double halfY = (box.height() - 1) / 2.0;
    double reachX = Math.abs(t.xx()) * halfX + Math.abs(t.xy()) * halfY;
    double reachY = Math.abs(t.yx()) * halfX + Math.abs(t.yy()) * halfY;
    double middleX = box.x0() + halfX;
    double middleY = box.y0() + halfY;
    this.x0 = (int) Math.floor(middleX - reachX) - 1;
    this.y0 = (int) Math.floor(middleY - reachY) - 1;
    this.width = (int) Math.ceil(middleX + reachX) + 3 - x0;
    this.height = (int) Math.ceil(middleY + reachY) + 3 - y0;
    this.before = new int[pixels];
    this.behindX = new float[pixels];
    this.behindY = new float[pixels];
    this.nearest = new int[pixels];
    for (int v = 0, i = 0; v < box.height(); v++) {
      for (int u = 0; u < box.width(); u++, i++) {
        place(
            i,
            middleX - x0 + t.xx() * (u - halfX) + t.xy() * (v - halfY),
            middleY - y0 + t.yx() * (u - halfX) + t.yy() * (v - halfY));
      }
    }
  }

  /**
   * A patch.
   *
   * @param grid of the case that is cut
   * @param box where the patch lies before the transform
   */
  public static Cut of(Geometry grid, Box box, AxialTransform transform) {
    return new Cut(grid, box, transform);
  }

  private void place(int i, double x, double y) {
    int left = (int) x;
    int top = (int) y;
    before[i] = top * width + left;
    behindX[i] = (float) (x - left);
    behindY[i] = (float) (y - top);
    nearest[i] = (int) (y + 0.5) * width + (int) (x + 0.5);
  }

  /** Pixels of the patch. */
  public int pixels() {
    return pixels;
  }

  /** Unsigned numbers of a slice, linear between four voxels; 0 beyond the grid. */
  void linear(ShortBuffer voxels, int z, float[] out, int offset) {
    float[] part = part(voxels, z);
    for (int i = 0; i < pixels; i++) {
      int at = before[i];
      float fx = behindX[i];
      float above = part[at] + fx * (part[at + 1] - part[at]);
      float below = part[at + width] + fx * (part[at + width + 1] - part[at + width]);
      out[offset + i] = above + behindY[i] * (below - above);
    }
  }

  /** Unsigned numbers of a slice at the nearest voxel; 0 beyond the grid. */
  void nearest(ShortBuffer voxels, int z, float[] out, int offset) {
    float[] part = part(voxels, z);
    for (int i = 0; i < pixels; i++) {
      out[offset + i] = part[nearest[i]];
    }
  }

  /**
   * Labels of a slice at the nearest voxel.
   *
   * @param voxels one byte per voxel of the case
   * @param beyond the label of everything beyond the grid
   * @param out [y, x], written from {@code offset} on
   */
  public void nearest(ByteBuffer voxels, int z, byte beyond, byte[] out, int offset) {
    byte[] part = new byte[width * height];
    Arrays.fill(part, beyond);
    eachRow(z, (from, to, length) -> voxels.get(from, part, to, length));
    for (int i = 0; i < pixels; i++) {
      out[offset + i] = part[nearest[i]];
    }
  }

  private float[] part(ShortBuffer voxels, int z) {
    float[] part = new float[width * height];
    short[] row = new short[width];
    eachRow(
        z,
        (from, to, length) -> {
          voxels.get(from, row, 0, length);
          for (int i = 0; i < length; i++) {
            part[to + i] = row[i] & 0xffff;
          }
        });
    return part;
  }

  private interface Row {
    void copy(int from, int to, int length);
  }

  private void eachRow(int z, Row row) {
    int left = Math.max(0, x0);
    int length = Math.min(grid.nx(), x0 + width) - left;
    if (length <= 0) {
      return;
    }
    for (int y = Math.max(0, y0); y < Math.min(grid.ny(), y0 + height); y++) {
      row.copy(grid.index(left, y, z), (y - y0) * width + left - x0, length);
    }
  }
}
