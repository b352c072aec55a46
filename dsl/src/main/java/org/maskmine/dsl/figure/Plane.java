package org.maskmine.dsl.figure;

import java.util.function.IntPredicate;
import org.maskmine.volume.Affine;
import org.maskmine.volume.Geometry;
import org.maskmine.volume.Mask;

/** How the body is cut. */
public enum Plane implements PictureOption {
  /** Across: right at the left, anterior on top. */
  AXIAL(2, 0, 1),
  /** From the front: right at the left, head on top. */
  CORONAL(1, 0, 2),
  /** From the side: anterior at the left, head on top. */
  SAGITTAL(0, 1, 2);

  /** World axes (0 right, 1 anterior, 2 superior). */
  private final int normal;

  private final int across;
  private final int down;

  Plane(int normal, int across, int down) {
    this.normal = normal;
    this.across = across;
    this.down = down;
  }

  /** {@code axial}, {@code coronal} or {@code sagittal}. */
  public String label() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /** How many slices a grid has in this plane. */
  public int slices(Geometry grid) {
    return size(grid, axes(grid)[normal]);
  }

  /** The slice with most voxels whose label passes the test; the first where none does. */
  public int fullest(Mask mask, IntPredicate labelPasses) {
    int best = 0;
    long most = -1;
    for (int s = 0; s < slices(mask.geometry()); s++) {
      long n = slice(mask.geometry(), s).count(i -> labelPasses.test(mask.values()[i]));
      if (n > most) {
        most = n;
        best = s;
      }
    }
    return best;
  }

  /** One slice, turned as radiologists look at it. */
  Slice slice(Geometry grid, int index) {
    if (index < 0 || index >= slices(grid)) {
      throw new IllegalArgumentException("slice " + index + " of a volume of " + grid.size());
    }
    int[] axes = axes(grid);
    int columnAxis = axes[across];
    int rowAxis = axes[down];
    int columns = size(grid, columnAxis);
    int rows = size(grid, rowAxis);
    // across the page runs from right to left or from anterior to posterior, down the page from
    // anterior to posterior or from head to feet: all against the world's axis
    boolean mirrored = direction(grid, across, columnAxis) > 0;
    boolean flipped = direction(grid, down, rowAxis) > 0;
    int column = stride(grid, columnAxis);
    int row = stride(grid, rowAxis);
    int origin =
        index * stride(grid, axes[normal])
            + (mirrored ? (columns - 1) * column : 0)
            + (flipped ? (rows - 1) * row : 0);
    return new Slice(
        origin,
        mirrored ? -column : column,
        flipped ? -row : row,
        columns,
        rows,
        mm(grid, columnAxis),
        mm(grid, rowAxis),
        across == 0);
  }

  /** For each world axis the grid axis that runs most along it; every grid axis once. */
  private static int[] axes(Geometry grid) {
    int[][] orders = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    int[] best = orders[0];
    double most = -1;
    for (int[] order : orders) {
      double along = 1;
      for (int world = 0; world < 3; world++) {
        int axis = order[world];
        along *= Math.abs(direction(grid, world, axis)) / mm(grid, axis) + 1e-9;
      }
      if (along > most) {
        most = along;
        best = order;
      }
    }
    return best;
  }

  private static double direction(Geometry grid, int world, int axis) {
    Affine a = grid.affine();
    double[][] rows = {
      {a.xx(), a.xy(), a.xz()}, {a.yx(), a.yy(), a.yz()}, {a.zx(), a.zy(), a.zz()}
    };
    return rows[world][axis];
  }

  private static int size(Geometry grid, int axis) {
    return new int[] {grid.nx(), grid.ny(), grid.nz()}[axis];
  }

  private static int stride(Geometry grid, int axis) {
    return new int[] {1, grid.nx(), grid.nx() * grid.ny()}[axis];
  }

  private static double mm(Geometry grid, int axis) {
    var s = grid.spacing();
    return new double[] {s.xMm(), s.yMm(), s.zMm()}[axis];
  }
}
