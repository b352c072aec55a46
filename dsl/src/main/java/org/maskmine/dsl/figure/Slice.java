package org.maskmine.dsl.figure;

import java.util.function.IntPredicate;
import org.maskmine.volume.Affine;
import org.maskmine.volume.Geometry;

/**
 * One slice along a volume's third axis, turned as radiologists look at it: the patient's right at
 * the left, anterior on top (in an axial slice; head on top in the others).
 *
 * @param grid of the volume
 * @param index along the third axis, from 0
 * @param swapped whether columns run along the second axis of the grid
 * @param mirrored whether columns run against their axis
 * @param flipped whether rows run against their axis
 * @param left first column that is shown, in the turned slice
 * @param top first row that is shown
 * @param columns that are shown
 * @param rows that are shown
 */
record Slice(
    Geometry grid,
    int index,
    boolean swapped,
    boolean mirrored,
    boolean flipped,
    int left,
    int top,
    int columns,
    int rows) {

  /** A whole slice. */
  static Slice of(Geometry grid, int index) {
    if (index < 0 || index >= grid.nz()) {
      throw new IllegalArgumentException("slice " + index + " of a volume of " + grid.size());
    }
    Affine a = grid.affine();
    double[][] axes = {{a.xx(), a.yx(), a.zx()}, {a.xy(), a.yy(), a.zy()}};
    int normal = largest(new double[] {a.xz(), a.yz(), a.zz()});
    // world axes across and down the page: right to left (in a sagittal slice anterior to
    // posterior) and anterior to posterior (else head to feet); all three run against the axis
    int across = normal == 0 ? 1 : 0;
    int down = normal == 2 ? 1 : 2;
    boolean swapped =
        Math.abs(axes[0][across]) + Math.abs(axes[1][down])
            < Math.abs(axes[1][across]) + Math.abs(axes[0][down]);
    boolean mirrored = axes[swapped ? 1 : 0][across] > 0;
    boolean flipped = axes[swapped ? 0 : 1][down] > 0;
    int columns = swapped ? grid.ny() : grid.nx();
    int rows = swapped ? grid.nx() : grid.ny();
    return new Slice(grid, index, swapped, mirrored, flipped, 0, 0, columns, rows);
  }

  private static int largest(double[] v) {
    int best = 0;
    for (int i = 1; i < v.length; i++) {
      if (Math.abs(v[i]) > Math.abs(v[best])) {
        best = i;
      }
    }
    return best;
  }

  /** Place in the volume's flat array of a shown column and row. */
  int voxel(int column, int row) {
    int c = left + column;
    int r = top + row;
    int along = mirrored ? (swapped ? grid.ny() : grid.nx()) - 1 - c : c;
    int across = flipped ? (swapped ? grid.nx() : grid.ny()) - 1 - r : r;
    return swapped ? grid.index(across, along, index) : grid.index(along, across, index);
  }

  /** Width of a column, in millimetres. */
  double columnMm() {
    return swapped ? grid.spacing().yMm() : grid.spacing().xMm();
  }

  /** Height of a row, in millimetres. */
  double rowMm() {
    return swapped ? grid.spacing().xMm() : grid.spacing().yMm();
  }

  /** Whether the slice lies across the body, so that its left is the patient's right. */
  boolean axial() {
    Affine a = grid.affine();
    return largest(new double[] {a.xz(), a.yz(), a.zz()}) == 2;
  }

  /** Cut to the voxels that pass the test and some millimetres around; whole where none does. */
  Slice around(IntPredicate voxelPasses, double marginMm) {
    int x0 = columns;
    int x1 = -1;
    int y0 = rows;
    int y1 = -1;
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        if (voxelPasses.test(voxel(c, r))) {
          x0 = Math.min(x0, c);
          x1 = Math.max(x1, c);
          y0 = Math.min(y0, r);
          y1 = Math.max(y1, r);
        }
      }
    }
    if (x1 < 0) {
      return this;
    }
    int dx = (int) Math.ceil(marginMm / columnMm());
    int dy = (int) Math.ceil(marginMm / rowMm());
    return cut(
        Math.max(0, x0 - dx),
        Math.max(0, y0 - dy),
        Math.min(columns - 1, x1 + dx),
        Math.min(rows - 1, y1 + dy));
  }

  private Slice cut(int x0, int y0, int x1, int y1) {
    return new Slice(
        grid, index, swapped, mirrored, flipped, left + x0, top + y0, x1 - x0 + 1, y1 - y0 + 1);
  }
}
