package org.maskmine.volume;

import java.util.function.IntPredicate;

/**
 * A label volume: a small whole number for every voxel, such as 0 and 1 for a binary mask.
 *
 * @param geometry the grid
 * @param values labels 0…127, x fastest, then y, then z
 */
public record Mask(Geometry geometry, byte[] values) {
  /** Checks that there is one label per voxel. */
  public Mask {
    if (values.length != geometry.voxels()) {
      throw new IllegalArgumentException(
          values.length + " labels for a grid of " + geometry.size() + " voxels");
    }
  }

  /** A mask of zeros. */
  public static Mask empty(Geometry geometry) {
    return new Mask(geometry, new byte[geometry.voxels()]);
  }

  /** Label at one voxel. */
  public int at(int x, int y, int z) {
    return values[geometry.index(x, y, z)];
  }

  /** How many voxels have this label. */
  public int count(int label) {
    int n = 0;
    for (byte v : values) {
      if (v == label) {
        n++;
      }
    }
    return n;
  }

  /** A binary mask: 1 where the label passes the test, else 0. */
  public Mask where(IntPredicate test) {
    byte[] out = new byte[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (byte) (test.test(values[i]) ? 1 : 0);
    }
    return new Mask(geometry, out);
  }
}
