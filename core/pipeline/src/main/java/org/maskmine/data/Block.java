package org.maskmine.data;

import org.jspecify.annotations.Nullable;
import org.maskmine.volume.Geometry;

/** A block of voxels within a grid. */
record Block(int x0, int y0, int z0, int nx, int ny, int nz) {
  /**
   * The smallest block that holds a structure and so many voxels around it, or null where there is
   * none.
   */
  static @Nullable Block around(
      PreparedCase prepared, Structure structure, int firstSlice, int lastSlice, int margin) {
    Geometry grid = prepared.geometry();
    int[] low = {grid.nx(), grid.ny(), grid.nz()};
    int[] high = {-1, -1, -1};
    for (int z = firstSlice; z <= lastSlice; z++) {
      if (prepared.voxels(structure, z) > 0) {
        low[2] = Math.min(low[2], z);
        high[2] = z;
        widen(prepared.truth(structure, z), grid, low, high);
      }
    }
    if (high[2] < 0) {
      return null;
    }
    int x0 = Math.max(0, low[0] - margin);
    int y0 = Math.max(0, low[1] - margin);
    int z0 = Math.max(firstSlice, low[2] - margin);
    return new Block(
        x0,
        y0,
        z0,
        Math.min(grid.nx() - 1, high[0] + margin) + 1 - x0,
        Math.min(grid.ny() - 1, high[1] + margin) + 1 - y0,
        Math.min(lastSlice, high[2] + margin) + 1 - z0);
  }

  private static void widen(byte[] slice, Geometry grid, int[] low, int[] high) {
    for (int y = 0, i = 0; y < grid.ny(); y++) {
      for (int x = 0; x < grid.nx(); x++, i++) {
        if (slice[i] != 0) {
          low[0] = Math.min(low[0], x);
          high[0] = Math.max(high[0], x);
          low[1] = Math.min(low[1], y);
          high[1] = Math.max(high[1], y);
        }
      }
    }
  }

  /** The structure's binary mask in this block, [z, y, x]. */
  byte[] copy(PreparedCase prepared, Structure structure) {
    byte[] out = new byte[nx * ny * nz];
    for (int z = 0; z < nz; z++) {
      byte[] slice = prepared.truth(structure, z0 + z);
      for (int y = 0; y < ny; y++) {
        int from = (y0 + y) * prepared.geometry().nx() + x0;
        System.arraycopy(slice, from, out, (z * ny + y) * nx, nx);
      }
    }
    return out;
  }
}
