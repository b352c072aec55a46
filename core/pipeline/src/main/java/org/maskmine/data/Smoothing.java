package org.maskmine.data;

import java.util.random.RandomGenerator;
import org.maskmine.volume.Geometry;

/** Gaussian smoothing and smooth random fields, as {@code scipy.ndimage.gaussian_filter}'s. */
final class Smoothing {
  private Smoothing() {}

  /**
   * Smooths in place along z, y and x; borders are reflected, the kernel ends at four deviations.
   *
   * @param sigmaZ standard deviations in voxels; 0 leaves that axis alone
   */
  static void gaussian(float[] values, Geometry grid, double sigmaZ, double sigmaY, double sigmaX) {
    int plane = grid.nx() * grid.ny();
    axis(values, grid.nz(), plane, 1, plane, 0, sigmaZ);
    for (int z = 0; z < grid.nz(); z++) {
      axis(values, grid.ny(), grid.nx(), 1, grid.nx(), z * plane, sigmaY);
      axis(values, grid.nx(), 1, grid.nx(), grid.ny(), z * plane, sigmaX);
    }
  }

  /** White noise smoothed so and scaled to a standard deviation of one. */
  static float[] noise(
      RandomGenerator random, Geometry grid, double sigmaZ, double sigmaY, double sigmaX) {
    float[] field = new float[grid.voxels()];
    for (int i = 0; i < field.length; i++) {
      field[i] = (float) random.nextGaussian();
    }
    gaussian(field, grid, sigmaZ, sigmaY, sigmaX);
    double sum = 0;
    double squares = 0;
    for (float v : field) {
      sum += v;
      squares += (double) v * v;
    }
    double mean = sum / field.length;
    float scale = (float) (1 / (Math.sqrt(squares / field.length - mean * mean) + 1e-9));
    for (int i = 0; i < field.length; i++) {
      field[i] *= scale;
    }
    return field;
  }

  /** Smooths {@code lines} lines of {@code length} values each. */
  private static void axis(
      float[] values, int length, int stride, int apart, int lines, int offset, double sigma) {
    if (sigma <= 0) {
      return;
    }
    double[] kernel = kernel(sigma);
    double[] line = new double[length];
    for (int l = 0; l < lines; l++) {
      int start = offset + l * apart;
      for (int i = 0; i < length; i++) {
        line[i] = values[start + i * stride];
      }
      for (int i = 0; i < length; i++) {
        double sum = kernel[0] * line[i];
        for (int k = 1; k < kernel.length; k++) {
          sum += kernel[k] * (line[reflected(i - k, length)] + line[reflected(i + k, length)]);
        }
        values[start + i * stride] = (float) sum;
      }
    }
  }

  /** Half of the normalised kernel, its middle first. */
  private static double[] kernel(double sigma) {
    double[] half = new double[(int) (4 * sigma + 0.5) + 1];
    double sum = 0;
    for (int k = 0; k < half.length; k++) {
      half[k] = Math.exp(-0.5 * k * k / (sigma * sigma));
      sum += k == 0 ? half[k] : 2 * half[k];
    }
    for (int k = 0; k < half.length; k++) {
      half[k] /= sum;
    }
    return half;
  }

  /** d c b a | a b c d | d c b a. */
  private static int reflected(int i, int length) {
    int j = Math.floorMod(i, 2 * length);
    return j < length ? j : 2 * length - 1 - j;
  }
}
