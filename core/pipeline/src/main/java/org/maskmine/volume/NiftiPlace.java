package org.maskmine.volume;

import org.maskmine.UserError;

/**
 * Where a NIfTI header puts its grid: from sform, else from qform, else from the spacing alone, as
 * nibabel's {@code get_best_affine}.
 */
final class NiftiPlace {
  /** How far from a unit quaternion float32 rounding may lead (three times its epsilon). */
  private static final double QUATERNION_TOLERANCE = 3 * Math.ulp(1f);

  /** Cosine between axes up to which a map counts as a rotation. */
  private static final double SHEAR_TOLERANCE = 1e-5;

  private NiftiPlace() {}

  static Affine of(NiftiFields fields, String file) {
    Affine affine =
        fields.sformCode() != 0
            ? sform(fields)
            : fields.qformCode() != 0 ? qform(fields, file) : centred(fields, file);
    return checked(affine, file);
  }

  private static Affine sform(NiftiFields f) {
    return new Affine(
        f.srow(0, 0),
        f.srow(0, 1),
        f.srow(0, 2),
        f.srow(0, 3),
        f.srow(1, 0),
        f.srow(1, 1),
        f.srow(1, 2),
        f.srow(1, 3),
        f.srow(2, 0),
        f.srow(2, 1),
        f.srow(2, 2),
        f.srow(2, 3));
  }

  private static Affine qform(NiftiFields f, String file) {
    double b = f.quaternion(0);
    double c = f.quaternion(1);
    double d = f.quaternion(2);
    double a = realPart(b, c, d, file);
    double x = spacing(f, 1, file);
    double y = spacing(f, 2, file);
    double z = spacing(f, 3, file) * (f.pixdim(0) < 0 ? -1 : 1);
    double s = 2 / (a * a + b * b + c * c + d * d);
    return new Affine(
        (1 - s * (c * c + d * d)) * x,
        s * (b * c - a * d) * y,
        s * (b * d + a * c) * z,
        f.qoffset(0),
        s * (b * c + a * d) * x,
        (1 - s * (b * b + d * d)) * y,
        s * (c * d - a * b) * z,
        f.qoffset(1),
        s * (b * d - a * c) * x,
        s * (c * d + a * b) * y,
        (1 - s * (b * b + c * c)) * z,
        f.qoffset(2));
  }

  private static double realPart(double b, double c, double d, String file) {
    double squared = 1 - (b * b + c * c + d * d);
    if (Math.abs(squared) < QUATERNION_TOLERANCE) {
      return 0;
    }
    if (!(squared > 0)) {
      throw new UserError(
          file
              + ": quaternion ("
              + b
              + ", "
              + c
              + ", "
              + d
              + ") of qform is longer than 1; check quatern_b, quatern_c, quatern_d in the header");
    }
    return Math.sqrt(squared);
  }

  /** No place given: x runs from right to left, the grid's centre is the origin. */
  private static Affine centred(NiftiFields f, String file) {
    double x = -spacing(f, 1, file);
    double y = spacing(f, 2, file);
    double z = spacing(f, 3, file);
    return new Affine(
        x,
        0,
        0,
        -x * (f.dim(1) - 1) / 2,
        0,
        y,
        0,
        -y * (f.dim(2) - 1) / 2,
        0,
        0,
        z,
        -z * (f.dim(3) - 1) / 2);
  }

  /** The sign of pixdim says nothing; nibabel drops it, too. */
  private static double spacing(NiftiFields f, int axis, String file) {
    return checked(Math.abs(f.pixdim(axis)), "xyz".substring(axis - 1, axis), file);
  }

  private static double checked(double mm, String axis, String file) {
    if (!(mm > 0) || Double.isInfinite(mm)) {
      throw new UserError(
          "voxel spacing "
              + mm
              + " mm along "
              + axis
              + " in "
              + file
              + ": must be positive and finite; check pixdim and srow in the header");
    }
    return mm;
  }

  private static Affine checked(Affine a, String file) {
    checked(length(a.xx(), a.yx(), a.zx()), "x", file);
    checked(length(a.xy(), a.yy(), a.zy()), "y", file);
    checked(length(a.xz(), a.yz(), a.zz()), "z", file);
    if (!Double.isFinite(a.x0() + a.y0() + a.z0())) {
      throw new UserError(
          "origin ("
              + a.x0()
              + ", "
              + a.y0()
              + ", "
              + a.z0()
              + ") mm in "
              + file
              + ": must be finite; check qoffset and srow in the header");
    }
    return a;
  }

  private static double length(double a, double b, double c) {
    return Math.sqrt(a * a + b * b + c * c);
  }

  /**
   * The rotation of an affine map as NIfTI's qform holds it.
   *
   * @param handedness −1 where the z axis must be mirrored to leave a rotation, else 1
   */
  record Quaternion(double b, double c, double d, int handedness) {}

  /** Null where the axes are not at right angles: then only sform can say it. */
  static @org.jspecify.annotations.Nullable Quaternion quaternion(Affine a) {
    Spacing s = a.spacing();
    double xx = a.xx() / s.xMm();
    double yx = a.yx() / s.xMm();
    double zx = a.zx() / s.xMm();
    double xy = a.xy() / s.yMm();
    double yy = a.yy() / s.yMm();
    double zy = a.zy() / s.yMm();
    double xz = a.xz() / s.zMm();
    double yz = a.yz() / s.zMm();
    double zz = a.zz() / s.zMm();
    double shear =
        Math.max(
            Math.abs(xx * xy + yx * yy + zx * zy),
            Math.max(Math.abs(xx * xz + yx * yz + zx * zz), Math.abs(xy * xz + yy * yz + zy * zz)));
    if (shear > SHEAR_TOLERANCE) {
      return null;
    }
    double determinant =
        xx * (yy * zz - yz * zy) - xy * (yx * zz - yz * zx) + xz * (yx * zy - yy * zx);
    int hand = determinant < 0 ? -1 : 1;
    return ofRotation(xx, xy, xz * hand, yx, yy, yz * hand, zx, zy, zz * hand, hand);
  }

  /** Through the largest of the four parts, which keeps the division well away from zero. */
  private static Quaternion ofRotation(
      double xx,
      double xy,
      double xz,
      double yx,
      double yy,
      double yz,
      double zx,
      double zy,
      double zz,
      int hand) {
    double[][] products = {
      {1 + xx + yy + zz, zy - yz, xz - zx, yx - xy},
      {zy - yz, 1 + xx - yy - zz, xy + yx, xz + zx},
      {xz - zx, xy + yx, 1 - xx + yy - zz, yz + zy},
      {yx - xy, xz + zx, yz + zy, 1 - xx - yy + zz}
    };
    int k = 0;
    for (int i = 1; i < 4; i++) {
      k = products[i][i] > products[k][k] ? i : k;
    }
    double[] row = products[k];
    double scale = (row[0] < 0 ? -0.5 : 0.5) / Math.sqrt(row[k]);
    return new Quaternion(row[1] * scale, row[2] * scale, row[3] * scale, hand);
  }
}
