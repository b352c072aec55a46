package org.maskmine.volume;

import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Exact Euclidean distance of every voxel to the nearest set voxel of a mask.
 *
 * <p>Lower envelopes of parabolas, one axis after the other (Felzenszwalb and Huttenlocher, 2012);
 * the time grows linearly with the voxels. A voxel is set where its label is not 0.
 */
public final class DistanceTransform {
  private DistanceTransform() {}

  /**
   * Distances within one slice, in voxels.
   *
   * @param mask labels [y, x], flat
   * @return distances [y, x]: 0 on set voxels, infinite everywhere where no voxel is set
   */
  public static float[] inPlane(byte[] mask, int nx, int ny) {
    if (mask.length != nx * ny) {
      throw new IllegalArgumentException(
          mask.length + " labels for a slice of " + nx + "×" + ny + " voxels");
    }
    return distances(mask, nx, ny, 1, new Spacing(1, 1, 1));
  }

  /**
   * Distances within a volume, in millimetres, with the spacing of the mask's geometry.
   *
   * @return distances [z, y, x]: 0 on set voxels, infinite everywhere where no voxel is set
   */
  public static float[] millimetres(Mask mask) {
    Geometry g = mask.geometry();
    return distances(mask.values(), g.nx(), g.ny(), g.nz(), g.spacing());
  }

  private static float[] distances(byte[] mask, int nx, int ny, int nz, Spacing spacing) {
    float[] squared = new float[mask.length];
    for (int i = 0; i < squared.length; i++) {
      squared[i] = mask[i] != 0 ? 0 : Float.POSITIVE_INFINITY;
    }
    int slice = nx * ny;
    eachLine(nz, z -> new Lines(squared, nx, spacing.xMm(), 1).pass(z * slice, ny, nx));
    eachLine(nz, z -> new Lines(squared, ny, spacing.yMm(), nx).pass(z * slice, nx, 1));
    if (nz > 1) {
      eachLine(ny, y -> new Lines(squared, nz, spacing.zMm(), slice).pass(y * nx, nx, 1));
    }
    for (int i = 0; i < squared.length; i++) {
      squared[i] = (float) Math.sqrt(squared[i]);
    }
    return squared;
  }

  private static void eachLine(int n, IntConsumer work) {
    if (n == 1) {
      work.accept(0);
    } else {
      IntStream.range(0, n).parallel().forEach(work);
    }
  }

  /** Squared distances along parallel lines of one axis, with scratch space for one line. */
  private static final class Lines {
    private final float[] squared;
    private final int length;
    private final double step;
    private final int stride;

    /** Squared heights of the parabolas in the line, infinite where there is none. */
    private final double[] heights;

    /** Vertices of the parabolas in the lower envelope, and where each begins to be the lowest. */
    private final int[] vertices;

    private final double[] begins;

    Lines(float[] squared, int length, double step, int stride) {
      this.squared = squared;
      this.length = length;
      this.step = step;
      this.stride = stride;
      this.heights = new double[length];
      this.vertices = new int[length];
      this.begins = new double[length];
    }

    void pass(int first, int lines, int apart) {
      for (int line = 0; line < lines; line++) {
        int start = first + line * apart;
        int parabolas = envelope(start);
        if (parabolas > 0) {
          fill(start, parabolas);
        }
      }
    }

    private int envelope(int start) {
      int k = -1;
      for (int q = 0; q < length; q++) {
        heights[q] = squared[start + q * stride];
        if (heights[q] == Double.POSITIVE_INFINITY) {
          continue;
        }
        double begin = Double.NEGATIVE_INFINITY;
        while (k >= 0 && (begin = crossing(vertices[k], q)) <= begins[k]) {
          k--;
        }
        k++;
        vertices[k] = q;
        begins[k] = k == 0 ? Double.NEGATIVE_INFINITY : begin;
      }
      return k + 1;
    }

    /** Where the parabola at q becomes lower than the one at p, in steps; p is left of q. */
    private double crossing(int p, int q) {
      double perStep2 = step * step;
      return (heights[q] - heights[p]) / (2 * perStep2 * (q - p)) + (p + q) / 2.0;
    }

    private void fill(int start, int parabolas) {
      int k = 0;
      for (int q = 0; q < length; q++) {
        while (k + 1 < parabolas && begins[k + 1] < q) {
          k++;
        }
        double away = step * (q - vertices[k]);
        squared[start + q * stride] = (float) (away * away + heights[vertices[k]]);
      }
    }
  }
}
