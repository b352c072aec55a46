package org.maskmine.volume;

import java.util.Arrays;

/**
 * How a grid's axes lie in the body, and the way to canonical axes and back: x from right to left,
 * y from front to back, z upwards, as axial slices are looked at. Voxels are moved, never computed;
 * an oblique grid gets the axes that are closest.
 */
public final class Orientation {
  private static final int[][] ORDERS = {
    {0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}
  };

  /** Left, posterior and superior in NIfTI's world of right, anterior and superior. */
  private static final int[] CANONICAL = {-1, -1, 1};

  private final Geometry source;
  private final Geometry canonical;

  /** Per canonical axis the source's axis, and whether it runs the other way. */
  private final int[] axes;

  private final boolean[] reversed = new boolean[3];

  private Orientation(Geometry source) {
    this.source = source;
    double[][] columns = columns(source.affine());
    this.axes = closest(columns);
    int[] sizes = {source.nx(), source.ny(), source.nz()};
    double[][] turned = new double[3][];
    double[] origin = {source.affine().x0(), source.affine().y0(), source.affine().z0()};
    for (int a = 0; a < 3; a++) {
      double[] column = columns[axes[a]];
      reversed[a] = column[a] * CANONICAL[a] < 0;
      turned[a] = new double[3];
      for (int w = 0; w < 3; w++) {
        turned[a][w] = reversed[a] ? 0 - column[w] : column[w];
        origin[w] += reversed[a] ? column[w] * (sizes[axes[a]] - 1) : 0;
      }
    }
    this.canonical =
        new Geometry(sizes[axes[0]], sizes[axes[1]], sizes[axes[2]], affine(turned, origin));
  }

  /** The orientation of a grid. */
  public static Orientation of(Geometry source) {
    return new Orientation(source);
  }

  private static double[][] columns(Affine a) {
    return new double[][] {
      {a.xx(), a.yx(), a.zx()}, {a.xy(), a.yy(), a.zy()}, {a.xz(), a.yz(), a.zz()}
    };
  }

  private static Affine affine(double[][] c, double[] o) {
    return new Affine(
        c[0][0], c[1][0], c[2][0], o[0], c[0][1], c[1][1], c[2][1], o[1], c[0][2], c[1][2], c[2][2],
        o[2]);
  }

  /** The order of axes whose directions agree best with the world's. */
  private static int[] closest(double[][] columns) {
    int[] best = ORDERS[0];
    double most = -1;
    for (int[] order : ORDERS) {
      double agreement = 1;
      for (int a = 0; a < 3; a++) {
        double[] c = columns[order[a]];
        double length = Math.sqrt(c[0] * c[0] + c[1] * c[1] + c[2] * c[2]);
        agreement *= Math.abs(c[a]) / length;
      }
      if (agreement > most) {
        most = agreement;
        best = order;
      }
    }
    return best;
  }

  /** The grid with canonical axes; its voxels lie where they lay. */
  public Geometry canonical() {
    return canonical;
  }

  /** Whether the grid's axes are canonical already. */
  public boolean isCanonical() {
    return Arrays.equals(axes, ORDERS[0]) && !reversed[0] && !reversed[1] && !reversed[2];
  }

  /** Where a slice of the source lies; the middle where slices become another axis. */
  public int canonicalSlice(int z) {
    if (axes[2] != 2) {
      return canonical.nz() / 2;
    }
    return reversed[2] ? canonical.nz() - 1 - z : z;
  }

  /** A volume on the source's grid, with canonical axes. */
  public Volume toCanonical(Volume volume) {
    if (isCanonical()) {
      return volume;
    }
    float[] out = new float[volume.values().length];
    eachVoxel((from, to) -> out[to] = volume.values()[from]);
    return new Volume(canonical, out);
  }

  /** A mask on the source's grid, with canonical axes. */
  public Mask toCanonical(Mask mask) {
    if (isCanonical()) {
      return mask;
    }
    Mask out = Mask.empty(canonical);
    eachVoxel((from, to) -> out.values()[to] = mask.values()[from]);
    return out;
  }

  /** A mask with canonical axes, back on the source's grid. */
  public Mask toSource(Mask mask) {
    if (isCanonical()) {
      return new Mask(source, mask.values());
    }
    Mask out = Mask.empty(source);
    eachVoxel((from, to) -> out.values()[from] = mask.values()[to]);
    return out;
  }

  private interface Move {
    void voxel(int source, int canonical);
  }

  private void eachVoxel(Move move) {
    int[] strides = {1, source.nx(), source.nx() * source.ny()};
    int[] sizes = {canonical.nx(), canonical.ny(), canonical.nz()};
    int[] steps = new int[3];
    int first = 0;
    for (int a = 0; a < 3; a++) {
      int stride = strides[axes[a]];
      steps[a] = reversed[a] ? -stride : stride;
      first += reversed[a] ? (sizes[a] - 1) * stride : 0;
    }
    for (int z = 0, to = 0; z < sizes[2]; z++) {
      for (int y = 0; y < sizes[1]; y++) {
        int from = first + z * steps[2] + y * steps[1];
        for (int x = 0; x < sizes[0]; x++, to++, from += steps[0]) {
          move.voxel(from, to);
        }
      }
    }
  }
}
