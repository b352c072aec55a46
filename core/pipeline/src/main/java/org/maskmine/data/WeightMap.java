package org.maskmine.data;

import org.maskmine.volume.DistanceTransform;
import org.maskmine.volume.Geometry;
import org.maskmine.volume.Mask;
import org.maskmine.volume.Morphology;
import org.maskmine.volume.Spacing;

/**
 * Weights of the pixel-weighted cross-entropy (PAPER section 3, after Ronneberger et al. 2015):
 * {@code border · max(exp(−decay · d), floor) + inside · m}. m is the mask and d the distance in
 * voxels to its border band of 5 × 5 voxels, infinite where there is no structure: large at a
 * structure's border and inside it.
 */
record WeightMap(double border, double decay, double floor, double inside) {
  private static final int BAND = 2;

  /** The paper's weights of a structure; in 2D every slice is weighed for itself. */
  static WeightMap of(Structure structure, int dimensions) {
    if (dimensions == 2) {
      return new WeightMap(0.75, 0.02, 1 / Math.sqrt(3), 0.25);
    }
    return structure == Structure.LIVER
        ? new WeightMap(0.6, 0.1, 0.3, 0.4)
        : new WeightMap(0.75, 0.09, 0.5, 0.25);
  }

  /** The weight of every voxel far from the structure. */
  double least() {
    return border * floor;
  }

  /** Voxels around a structure beyond which every weight is the least. */
  int reach() {
    return BAND + (int) Math.ceil(-Math.log(floor) / decay);
  }

  /** Weights of a binary mask, [z, y, x], or [y, x] of one slice. */
  float[] weights(byte[] mask, int nx, int ny, int nz) {
    var grid = Geometry.of(nx, ny, nz, new Spacing(1, 1, 1));
    float[] out = DistanceTransform.millimetres(new Mask(grid, band(mask, nx, ny, nz)));
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) (border * Math.max(Math.exp(-decay * out[i]), floor) + inside * mask[i]);
    }
    return out;
  }

  private static byte[] band(byte[] mask, int nx, int ny, int nz) {
    byte[] band = new byte[mask.length];
    byte[] slice = new byte[nx * ny];
    for (int z = 0; z < nz; z++) {
      System.arraycopy(mask, z * slice.length, slice, 0, slice.length);
      byte[] grown = Morphology.dilateSquare(slice, nx, ny, BAND);
      byte[] shrunk = Morphology.erodeSquare(slice, nx, ny, BAND);
      for (int i = 0; i < slice.length; i++) {
        band[z * slice.length + i] = (byte) (grown[i] != shrunk[i] ? 1 : 0);
      }
    }
    return band;
  }

  /** A weight as an unsigned 16-bit number, 0 for the least and 65,535 for 1. */
  short code(float weight) {
    return (short) Math.round((weight - least()) / (1 - least()) * 0xffff);
  }

  /** The weight of a code, from 0 to 65,535. */
  float weight(float code) {
    return (float) (least() + code * ((1 - least()) / 0xffff));
  }
}
