package org.maskmine.volume;

import org.maskmine.UserError;

/**
 * The grid of a volume and its place in the world.
 *
 * @param nx voxels along the first (fastest) axis
 * @param ny voxels along the second axis
 * @param nz voxels along the third axis: the slices
 * @param affine voxel indices (x, y, z, 1) to world millimetres, right-anterior-superior as in
 *     NIfTI
 */
public record Geometry(int nx, int ny, int nz, Affine affine) {
  /** Checks that the grid is not empty and its voxels can be counted by an int. */
  public Geometry {
    if (nx < 1 || ny < 1 || nz < 1 || (long) nx * ny * nz > Integer.MAX_VALUE - 8) {
      throw new UserError(
          "volume of "
              + nx
              + "×"
              + ny
              + "×"
              + nz
              + " voxels: each axis needs at least one and all together at most 2,147,483,639; check dim in the header");
    }
  }

  /** A grid without a place: voxel (0, 0, 0) at the origin, axes along the world's. */
  public static Geometry of(int nx, int ny, int nz, Spacing spacing) {
    return new Geometry(nx, ny, nz, Affine.scaling(spacing));
  }

  /** All voxels of the grid. */
  public int voxels() {
    return nx * ny * nz;
  }

  /** Place of voxel (x, y, z) in the flat array: x fastest, then y, then z. */
  public int index(int x, int y, int z) {
    return (z * ny + y) * nx + x;
  }

  /** Distance between neighbouring voxels along each axis, in millimetres. */
  public Spacing spacing() {
    return affine.spacing();
  }

  /** Whether two grids have the same number of voxels along each axis. */
  public boolean sameGrid(Geometry other) {
    return nx == other.nx && ny == other.ny && nz == other.nz;
  }

  /** How far the corners of two grids lie apart at most, in millimetres. */
  public double farthestCornerMm(Geometry other) {
    double farthest = 0;
    for (int corner = 0; corner < 8; corner++) {
      double[] here = corner(corner);
      double[] there = other.corner(corner);
      double dx = here[0] - there[0];
      double dy = here[1] - there[1];
      double dz = here[2] - there[2];
      farthest = Math.max(farthest, Math.sqrt(dx * dx + dy * dy + dz * dz));
    }
    return farthest;
  }

  /** World place of a corner voxel; bits 0, 1 and 2 choose the end of x, y and z. */
  private double[] corner(int bits) {
    return affine.apply(
        (bits & 1) * (nx - 1), (bits >> 1 & 1) * (ny - 1), (bits >> 2 & 1) * (nz - 1));
  }

  /** The grid's size as people write it: {@code 512×512×123}. */
  public String size() {
    return nx + "×" + ny + "×" + nz;
  }
}
