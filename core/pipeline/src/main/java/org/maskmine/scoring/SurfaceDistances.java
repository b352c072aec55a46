package org.maskmine.scoring;

import java.util.Arrays;
import java.util.Optional;
import org.maskmine.volume.DistanceTransform;
import org.maskmine.volume.Geometry;
import org.maskmine.volume.Mask;

/**
 * How far two surfaces lie apart. A surface is the set of voxels of a mask with one of their 18
 * neighbours (faces and edges) outside it, as in the LiTS challenge.
 *
 * @param assdMm average symmetric surface distance: mean over the voxels of both surfaces of the
 *     distance to the other one
 * @param hd95Mm 95th percentile of those distances, interpolated linearly
 * @param surfaceDice share of the voxels of both surfaces that lie within the tolerance of the
 *     other one
 * @param toleranceMm of the surface Dice
 */
public record SurfaceDistances(
    double assdMm, double hd95Mm, double surfaceDice, double toleranceMm) {
  /**
   * Measures two masks of one grid; empty where one of them is, as its surface is nowhere.
   *
   * @param toleranceMm of the surface Dice, such as 1 to 3 mm for lesions
   */
  public static Optional<SurfaceDistances> of(Mask prediction, Mask truth, double toleranceMm) {
    int[] box = box(prediction, truth);
    Mask a = surface(cut(prediction, box));
    Mask b = surface(cut(truth, box));
    int count = a.count(1) + b.count(1);
    if (a.count(1) == 0 || b.count(1) == 0) {
      return Optional.empty();
    }
    double[] distances = new double[count];
    int n = collect(a, b, distances, 0);
    collect(b, a, distances, n);
    Arrays.sort(distances);
    return Optional.of(
        new SurfaceDistances(
            Arrays.stream(distances).average().orElseThrow(),
            Percentile.of(distances, 0.95),
            (double) Arrays.stream(distances).filter(d -> d <= toleranceMm).count() / count,
            toleranceMm));
  }

  private static int collect(Mask from, Mask to, double[] distances, int at) {
    float[] away = DistanceTransform.millimetres(to);
    int n = at;
    for (int i = 0; i < away.length; i++) {
      if (from.values()[i] != 0) {
        distances[n++] = away[i];
      }
    }
    return n;
  }

  private static Mask surface(Mask mask) {
    Geometry g = mask.geometry();
    byte[] out = new byte[g.voxels()];
    for (int z = 0, i = 0; z < g.nz(); z++) {
      for (int y = 0; y < g.ny(); y++) {
        for (int x = 0; x < g.nx(); x++, i++) {
          out[i] = (byte) (mask.values()[i] != 0 && !inside(mask, x, y, z) ? 1 : 0);
        }
      }
    }
    return new Mask(g, out);
  }

  private static boolean inside(Mask mask, int x, int y, int z) {
    Geometry g = mask.geometry();
    if (x == 0 || y == 0 || z == 0 || x == g.nx() - 1 || y == g.ny() - 1 || z == g.nz() - 1) {
      return false;
    }
    for (int dz = -1; dz <= 1; dz++) {
      for (int dy = -1; dy <= 1; dy++) {
        for (int dx = -1; dx <= 1; dx++) {
          boolean corner = dx != 0 && dy != 0 && dz != 0;
          if (!corner && mask.at(x + dx, y + dy, z + dz) == 0) {
            return false;
          }
        }
      }
    }
    return true;
  }

  /** First and last voxel along x, y and z that belong to either; distances need no more. */
  private static int[] box(Mask one, Mask other) {
    Geometry g = one.geometry();
    int[] box = {g.nx(), g.ny(), g.nz(), -1, -1, -1};
    for (int z = 0, i = 0; z < g.nz(); z++) {
      for (int y = 0; y < g.ny(); y++) {
        for (int x = 0; x < g.nx(); x++, i++) {
          if (one.values()[i] != 0 || other.values()[i] != 0) {
            box[0] = Math.min(box[0], x);
            box[1] = Math.min(box[1], y);
            box[2] = Math.min(box[2], z);
            box[3] = Math.max(box[3], x);
            box[4] = Math.max(box[4], y);
            box[5] = Math.max(box[5], z);
          }
        }
      }
    }
    return box;
  }

  private static Mask cut(Mask mask, int[] box) {
    if (box[5] < 0) {
      return Mask.empty(Geometry.of(1, 1, 1, mask.geometry().spacing()));
    }
    int nx = box[3] - box[0] + 1;
    int ny = box[4] - box[1] + 1;
    int nz = box[5] - box[2] + 1;
    var grid = Geometry.of(nx, ny, nz, mask.geometry().spacing());
    byte[] out = new byte[grid.voxels()];
    for (int z = 0; z < nz; z++) {
      for (int y = 0; y < ny; y++) {
        int from = mask.geometry().index(box[0], box[1] + y, box[2] + z);
        System.arraycopy(mask.values(), from, out, grid.index(0, y, z), nx);
      }
    }
    return new Mask(grid, out);
  }
}
