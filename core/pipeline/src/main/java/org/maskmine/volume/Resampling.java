package org.maskmine.volume;

import java.util.stream.IntStream;

/**
 * The same body on another grid of parallel axes: images linear between eight voxels, masks at the
 * nearest; beyond the outermost voxels their values go on.
 */
public final class Resampling {
  private Resampling() {}

  /**
   * The grid of another spacing that covers the same block of space, to half a voxel at its end.
   */
  public static Geometry grid(Geometry g, Spacing wanted) {
    Spacing s = g.spacing();
    double x = wanted.xMm() / s.xMm();
    double y = wanted.yMm() / s.yMm();
    double z = wanted.zMm() / s.zMm();
    Affine a = g.affine();
    double dx = (x - 1) / 2;
    double dy = (y - 1) / 2;
    double dz = (z - 1) / 2;
    return new Geometry(
        length(g.nx(), x),
        length(g.ny(), y),
        length(g.nz(), z),
        new Affine(
            a.xx() * x,
            a.xy() * y,
            a.xz() * z,
            a.x0() + a.xx() * dx + a.xy() * dy + a.xz() * dz,
            a.yx() * x,
            a.yy() * y,
            a.yz() * z,
            a.y0() + a.yx() * dx + a.yy() * dy + a.yz() * dz,
            a.zx() * x,
            a.zy() * y,
            a.zz() * z,
            a.z0() + a.zx() * dx + a.zy() * dy + a.zz() * dz));
  }

  private static int length(int voxels, double ratio) {
    return Math.max(1, (int) Math.round(voxels / ratio));
  }

  /** A volume on a grid that {@link #grid} made from its own, or the other way round. */
  public static Volume linear(Volume volume, Geometry target) {
    Geometry g = volume.geometry();
    float[] in = volume.values();
    float[] out = new float[target.voxels()];
    Line x = Line.of(g.nx(), target.nx(), g.spacing().xMm(), target.spacing().xMm());
    Line y = Line.of(g.ny(), target.ny(), g.spacing().yMm(), target.spacing().yMm());
    Line z = Line.of(g.nz(), target.nz(), g.spacing().zMm(), target.spacing().zMm());
    IntStream.range(0, target.nz())
        .parallel()
        .forEach(
            k -> {
              for (int j = 0, to = target.index(0, 0, k); j < target.ny(); j++) {
                int a = g.index(0, y.before[j], z.before[k]);
                int b = g.index(0, y.after[j], z.before[k]);
                int c = g.index(0, y.before[j], z.after[k]);
                int d = g.index(0, y.after[j], z.after[k]);
                for (int i = 0; i < target.nx(); i++, to++) {
                  double near = between(x.along(in, a, i), x.along(in, b, i), y.share[j]);
                  double far = between(x.along(in, c, i), x.along(in, d, i), y.share[j]);
                  out[to] = (float) between(near, far, z.share[k]);
                }
              }
            });
    return new Volume(target, out);
  }

  /** A mask on a grid that {@link #grid} made from its own, or the other way round. */
  public static Mask nearest(Mask mask, Geometry target) {
    Geometry g = mask.geometry();
    Mask out = Mask.empty(target);
    Line x = Line.of(g.nx(), target.nx(), g.spacing().xMm(), target.spacing().xMm());
    Line y = Line.of(g.ny(), target.ny(), g.spacing().yMm(), target.spacing().yMm());
    Line z = Line.of(g.nz(), target.nz(), g.spacing().zMm(), target.spacing().zMm());
    for (int k = 0, to = 0; k < target.nz(); k++) {
      for (int j = 0; j < target.ny(); j++) {
        int row = g.index(0, y.nearest(j), z.nearest(k));
        for (int i = 0; i < target.nx(); i++, to++) {
          out.values()[to] = mask.values()[row + x.nearest(i)];
        }
      }
    }
    return out;
  }

  private static double between(double a, double b, double share) {
    return a + share * (b - a);
  }

  /** For every voxel of the target along one axis, its two neighbours and the second's share. */
  private record Line(int[] before, int[] after, double[] share) {
    static Line of(int length, int targetLength, double step, double targetStep) {
      var line = new Line(new int[targetLength], new int[targetLength], new double[targetLength]);
      double ratio = targetStep / step;
      for (int i = 0; i < targetLength; i++) {
        double at = Math.min(Math.max((i + 0.5) * ratio - 0.5, 0), length - 1);
        line.before[i] = (int) at;
        line.after[i] = Math.min(line.before[i] + 1, length - 1);
        line.share[i] = at - line.before[i];
      }
      return line;
    }

    double along(float[] in, int row, int i) {
      return between(in[row + before[i]], in[row + after[i]], share[i]);
    }

    int nearest(int i) {
      return share[i] < 0.5 ? before[i] : after[i];
    }
  }
}
