package org.maskmine.volume;

/**
 * Growing and shrinking of binary masks; a voxel is set where its label is not 0, and everything
 * outside the grid is background, as in {@code scipy.ndimage} with its default border.
 */
public final class Morphology {
  private Morphology() {}

  /**
   * Grows a slice by a square of (2·radius + 1)² voxels.
   *
   * @param mask labels [y, x], flat
   * @return 1 where any voxel of the square around it is set, else 0
   */
  public static byte[] dilateSquare(byte[] mask, int nx, int ny, int radius) {
    return window(window(mask, nx, ny, 1, nx, radius, 1), ny, nx, nx, 1, radius, 1);
  }

  /**
   * Shrinks a slice by a square of (2·radius + 1)² voxels.
   *
   * @param mask labels [y, x], flat
   * @return 1 where every voxel of the square around it is set, else 0
   */
  public static byte[] erodeSquare(byte[] mask, int nx, int ny, int radius) {
    int all = 2 * radius + 1;
    return window(window(mask, nx, ny, 1, nx, radius, all), ny, nx, nx, 1, radius, all);
  }

  /** Grows a mask in 3D by its face neighbours, so many times. */
  public static Mask dilate(Mask mask, int times) {
    return faces(mask, times, 1);
  }

  /** Shrinks a mask in 3D by its face neighbours, so many times. */
  public static Mask erode(Mask mask, int times) {
    return faces(mask, times, 7);
  }

  /** 1 where a window along lines holds at least {@code needed} set voxels. */
  private static byte[] window(
      byte[] mask, int length, int lines, int stride, int apart, int radius, int needed) {
    byte[] out = new byte[mask.length];
    for (int line = 0; line < lines; line++) {
      int start = line * apart;
      int inside = 0;
      for (int i = -radius; i < length; i++) {
        int enters = i + radius;
        int leaves = i - radius - 1;
        inside += enters < length && mask[start + enters * stride] != 0 ? 1 : 0;
        inside -= leaves >= 0 && mask[start + leaves * stride] != 0 ? 1 : 0;
        if (i >= 0) {
          out[start + i * stride] = (byte) (inside >= needed ? 1 : 0);
        }
      }
    }
    return out;
  }

  private static Mask faces(Mask mask, int times, int needed) {
    Mask out = mask.where(label -> label != 0);
    for (int t = 0; t < times; t++) {
      out = facesOnce(out, needed);
    }
    return out;
  }

  /** 1 where a voxel and its 6 face neighbours hold at least {@code needed} ones. */
  private static Mask facesOnce(Mask ones, int needed) {
    Geometry g = ones.geometry();
    byte[] in = ones.values();
    byte[] out = new byte[in.length];
    int slice = g.nx() * g.ny();
    for (int z = 0; z < g.nz(); z++) {
      for (int y = 0; y < g.ny(); y++) {
        for (int x = 0; x < g.nx(); x++) {
          int i = g.index(x, y, z);
          int inside = in[i];
          inside += x > 0 ? in[i - 1] : 0;
          inside += x + 1 < g.nx() ? in[i + 1] : 0;
          inside += y > 0 ? in[i - g.nx()] : 0;
          inside += y + 1 < g.ny() ? in[i + g.nx()] : 0;
          inside += z > 0 ? in[i - slice] : 0;
          inside += z + 1 < g.nz() ? in[i + slice] : 0;
          out[i] = (byte) (inside >= needed ? 1 : 0);
        }
      }
    }
    return new Mask(g, out);
  }
}
