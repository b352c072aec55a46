package org.maskmine.volume;

/**
 * A scanned volume.
 *
 * @param geometry the grid
 * @param values Hounsfield units of every voxel, x fastest, then y, then z
 */
public record Volume(Geometry geometry, float[] values) {
  /** Checks that there is one value per voxel. */
  public Volume {
    if (values.length != geometry.voxels()) {
      throw new IllegalArgumentException(
          values.length + " values for a grid of " + geometry.size() + " voxels");
    }
  }

  /** Hounsfield units at one voxel. */
  public float at(int x, int y, int z) {
    return values[geometry.index(x, y, z)];
  }
}
