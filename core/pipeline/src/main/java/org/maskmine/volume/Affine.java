package org.maskmine.volume;

/**
 * Three rows of an affine map from voxel indices (x, y, z, 1) to world millimetres (right,
 * anterior, superior), as NIfTI's {@code srow_x, srow_y, srow_z}.
 */
public record Affine(
    double xx,
    double xy,
    double xz,
    double x0,
    double yx,
    double yy,
    double yz,
    double y0,
    double zx,
    double zy,
    double zz,
    double z0) {

  /** Axes along the world's, the given spacing, voxel (0, 0, 0) at the origin. */
  public static Affine scaling(Spacing s) {
    return new Affine(s.xMm(), 0, 0, 0, 0, s.yMm(), 0, 0, 0, 0, s.zMm(), 0);
  }

  /** World millimetres (right, anterior, superior) of a place in voxels. */
  public double[] apply(double x, double y, double z) {
    return new double[] {
      xx * x + xy * y + xz * z + x0, yx * x + yy * y + yz * z + y0, zx * x + zy * y + zz * z + z0
    };
  }

  /** Lengths of the map's columns, in millimetres. */
  public Spacing spacing() {
    return new Spacing(norm(xx, yx, zx), norm(xy, yy, zy), norm(xz, yz, zz));
  }

  private static double norm(double a, double b, double c) {
    return Math.sqrt(a * a + b * b + c * c);
  }
}
