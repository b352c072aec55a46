package org.maskmine.data;

import java.util.Arrays;
import org.maskmine.volume.DistanceTransform;
import org.maskmine.volume.Morphology;

/**
 * Weights of the pixel-weighted cross-entropy (PAPER section 3, after Ronneberger et al. 2015):
 * large at a structure's border and inside it.
 */
final class WeightMap {
  private static final double FLOOR = 1 / Math.sqrt(3);

  private WeightMap() {}

  /**
   * Per slice 0.75 · max(exp(−0.02 d), 1/√3) + 0.25 m; m is the mask and d the distance in voxels
   * to its border band of 5 × 5 voxels, infinite in a slice without the structure.
   *
   * @param mask binary, slices of nx · ny voxels
   */
  static float[] slices(byte[] mask, int nx, int ny) {
    float[] out = new float[mask.length];
    int pixels = nx * ny;
    for (int z = 0; z < mask.length / pixels; z++) {
      byte[] slice = Arrays.copyOfRange(mask, z * pixels, (z + 1) * pixels);
      float[] distance = DistanceTransform.inPlane(band(slice, nx, ny), nx, ny);
      for (int i = 0; i < pixels; i++) {
        out[z * pixels + i] =
            (float) (0.75 * Math.max(Math.exp(-0.02 * distance[i]), FLOOR) + 0.25 * slice[i]);
      }
    }
    return out;
  }

  private static byte[] band(byte[] slice, int nx, int ny) {
    byte[] grown = Morphology.dilateSquare(slice, nx, ny, 2);
    byte[] shrunk = Morphology.erodeSquare(slice, nx, ny, 2);
    byte[] band = new byte[slice.length];
    for (int i = 0; i < band.length; i++) {
      band[i] = (byte) (grown[i] != shrunk[i] ? 1 : 0);
    }
    return band;
  }
}
