package org.maskmine.volume;

import org.maskmine.UserError;

/** Voxel spacing along x, y and z, in millimetres; each positive and finite. */
public record Spacing(double xMm, double yMm, double zMm) {
  /** Checks that each spacing is positive and finite. */
  public Spacing {
    check("x", xMm);
    check("y", yMm);
    check("z", zMm);
  }

  private static void check(String axis, double mm) {
    if (!(mm > 0) || Double.isInfinite(mm)) {
      throw new UserError(
          "voxel spacing "
              + mm
              + " mm along "
              + axis
              + ": must be positive; check pixdim in the header");
    }
  }

  /** Volume of one voxel in cubic millimetres. */
  public double voxelMm3() {
    return xMm * yMm * zMm;
  }
}
