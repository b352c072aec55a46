package org.maskmine.training;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.maskmine.data.PreparedCase;
import org.maskmine.data.Structure;
import org.maskmine.volume.Geometry;

/** Where a structure is looked for: one byte per voxel, not 0 inside. */
final class Gates {
  private Gates() {}

  /** The whole grid. */
  static byte[] everywhere(PreparedCase prepared) {
    byte[] gate = new byte[prepared.geometry().voxels()];
    Arrays.fill(gate, (byte) 1);
    return gate;
  }

  /** The gate of a structure in training: the true liver for lesions, everything for the liver. */
  static byte[] ofTraining(PreparedCase prepared, Structure structure) {
    return structure == Structure.LIVER ? everywhere(prepared) : prepared.truth(Structure.LIVER);
  }

  /** First and last voxel of a gate along x, y and z; null where it is empty. */
  static int @Nullable [][] bounds(byte[] gate, Geometry grid) {
    int[] low = {grid.nx(), grid.ny(), grid.nz()};
    int[] high = {-1, -1, -1};
    for (int z = 0, i = 0; z < grid.nz(); z++) {
      for (int y = 0; y < grid.ny(); y++) {
        for (int x = 0; x < grid.nx(); x++, i++) {
          if (gate[i] != 0) {
            low[0] = Math.min(low[0], x);
            high[0] = Math.max(high[0], x);
            low[1] = Math.min(low[1], y);
            high[1] = Math.max(high[1], y);
            low[2] = Math.min(low[2], z);
            high[2] = z;
          }
        }
      }
    }
    return high[2] < 0 ? null : new int[][] {low, high};
  }
}
