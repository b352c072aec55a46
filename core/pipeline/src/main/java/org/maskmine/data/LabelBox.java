package org.maskmine.data;

import org.maskmine.volume.Geometry;
import org.maskmine.volume.Mask;

/**
 * The smallest box around all that is not background.
 *
 * @param crop labels inside it; one voxel of background where there is nothing
 * @param fullestSlice of the whole grid: with most lesion voxels, else with most liver voxels
 */
record LabelBox(Mask crop, int fullestSlice) {
  static LabelBox around(Mask labels) {
    Geometry g = labels.geometry();
    int[] low = {g.nx(), g.ny(), g.nz()};
    int[] high = {-1, -1, -1};
    int[] liver = new int[g.nz()];
    int[] lesion = new int[g.nz()];
    byte[] label = labels.values();
    for (int z = 0, i = 0; z < g.nz(); z++) {
      for (int y = 0; y < g.ny(); y++) {
        for (int x = 0; x < g.nx(); x++, i++) {
          if (label[i] != 0) {
            (label[i] == 2 ? lesion : liver)[z]++;
            widen(low, high, x, y, z);
          }
        }
      }
    }
    int most = largest(lesion);
    int slice = lesion[most] > 0 ? most : largest(liver);
    boolean empty = high[2] < 0;
    return new LabelBox(
        empty ? crop(labels, new int[3], new int[3]) : crop(labels, low, high),
        empty ? g.nz() / 2 : slice);
  }

  private static void widen(int[] low, int[] high, int... at) {
    for (int axis = 0; axis < 3; axis++) {
      low[axis] = Math.min(low[axis], at[axis]);
      high[axis] = Math.max(high[axis], at[axis]);
    }
  }

  private static int largest(int[] counts) {
    int best = 0;
    for (int z = 1; z < counts.length; z++) {
      best = counts[z] > counts[best] ? z : best;
    }
    return best;
  }

  private static Mask crop(Mask labels, int[] low, int[] high) {
    Geometry g = labels.geometry();
    int nx = high[0] - low[0] + 1;
    int ny = high[1] - low[1] + 1;
    int nz = high[2] - low[2] + 1;
    byte[] out = new byte[nx * ny * nz];
    for (int z = 0; z < nz; z++) {
      for (int y = 0; y < ny; y++) {
        int from = g.index(low[0], low[1] + y, low[2] + z);
        System.arraycopy(labels.values(), from, out, (z * ny + y) * nx, nx);
      }
    }
    return new Mask(Geometry.of(nx, ny, nz, g.spacing()), out);
  }
}
