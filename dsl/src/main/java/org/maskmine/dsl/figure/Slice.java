package org.maskmine.dsl.figure;

import java.util.function.IntPredicate;

/**
 * A slice through a volume, or a rectangle of it, as it lies on the page: places in the volume's
 * flat array by column and row.
 *
 * @param origin place of the first column and row
 * @param columnStride places from one column to the next
 * @param rowStride places from one row to the next
 * @param columns that are shown
 * @param rows that are shown
 * @param columnMm width of a column, in millimetres
 * @param rowMm height of a row, in millimetres
 * @param rightAtLeft whether the patient's right is at the left
 */
record Slice(
    int origin,
    int columnStride,
    int rowStride,
    int columns,
    int rows,
    double columnMm,
    double rowMm,
    boolean rightAtLeft) {

  /** Columns {@code x0…x1} and rows {@code y0…y1}, ends included. */
  record Box(int x0, int y0, int x1, int y1) {
    Box with(Box other) {
      return new Box(
          Math.min(x0, other.x0),
          Math.min(y0, other.y0),
          Math.max(x1, other.x1),
          Math.max(y1, other.y1));
    }

    boolean empty() {
      return x1 < x0;
    }
  }

  /** Place in the volume's flat array of a shown column and row. */
  int voxel(int column, int row) {
    return origin + column * columnStride + row * rowStride;
  }

  /** The smallest box around the voxels that pass the test; empty where none does. */
  Box around(IntPredicate voxelPasses) {
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
    return new Box(x0, y0, x1, y1);
  }

  /** Cut to a box and some millimetres around; whole where the box is empty. */
  Slice cut(Box box, double marginMm) {
    if (box.empty()) {
      return this;
    }
    int dx = (int) Math.ceil(marginMm / columnMm);
    int dy = (int) Math.ceil(marginMm / rowMm);
    int x0 = Math.max(0, box.x0() - dx);
    int y0 = Math.max(0, box.y0() - dy);
    int x1 = Math.min(columns - 1, box.x1() + dx);
    int y1 = Math.min(rows - 1, box.y1() + dy);
    return new Slice(
        voxel(x0, y0),
        columnStride,
        rowStride,
        x1 - x0 + 1,
        y1 - y0 + 1,
        columnMm,
        rowMm,
        rightAtLeft);
  }

  /** How many voxels pass the test. */
  long count(IntPredicate voxelPasses) {
    long n = 0;
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        n += voxelPasses.test(voxel(c, r)) ? 1 : 0;
      }
    }
    return n;
  }
}
