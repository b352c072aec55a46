package org.maskmine.data;

import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
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
    int nx = grid.nx();
    int ny = grid.ny();
    int nz = grid.nz();
    axis(values, nz, nx * ny, nx, ny, nx, sigmaZ);
    axis(values, ny, nx, nx, nz, nx * ny, sigmaY);
    axis(values, nx, 1, 1, ny * nz, nx, sigmaX);
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

  /**
   * Smooths along one axis: {@code blocks} blocks of {@code width} neighbouring lines of {@code
   * length} values each.
   *
   * @param stride from one value of a line to the next
   * @param apart from one block to the next
   */
  private static void axis(
      float[] values, int length, int stride, int width, int blocks, int apart, double sigma) {
    if (sigma <= 0) {
      return;
    }
    double[] kernel = kernel(sigma);
    int margin = kernel.length - 1;
    int[] from = IntStream.range(-margin, length + margin).map(i -> reflected(i, length)).toArray();
    double[] lines = new double[from.length * width];
    double[] smooth = new double[length * width];
    for (int block = 0; block < blocks; block++) {
      int start = block * apart;
      for (int i = 0; i < from.length; i++) {
        for (int j = 0; j < width; j++) {
          lines[i * width + j] = values[start + from[i] * stride + j];
        }
      }
      smooth(lines, width, kernel, smooth);
      for (int i = 0; i < length; i++) {
        for (int j = 0; j < width; j++) {
          values[start + i * stride + j] = (float) smooth[i * width + j];
        }
      }
    }
  }

  /** Lines with a margin at both ends; tap by tap, which a processor does for many at once. */
  private static void smooth(double[] lines, int width, double[] kernel, double[] out) {
    int margin = (kernel.length - 1) * width;
    for (int i = 0; i < out.length; i++) {
      out[i] = kernel[0] * lines[margin + i];
    }
    for (int k = 1; k < kernel.length; k++) {
      double weight = kernel[k];
      int before = margin - k * width;
      int after = margin + k * width;
      for (int i = 0; i < out.length; i++) {
        out[i] += weight * (lines[before + i] + lines[after + i]);
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
