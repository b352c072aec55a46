package org.maskmine.training;

import java.util.SplittableRandom;
import org.maskmine.volume.Geometry;

/** Where the mined errors of a case lie, slice by slice, for drawing patches around them. */
final class ErrorSlices {
  private final byte[] errors;
  private final int pixels;
  private final int[] counts;

  /**
   * @param errors TN 0, FP 1, FN 2, TP 3
   */
  ErrorSlices(Geometry grid, byte[] errors) {
    this.errors = errors;
    this.pixels = grid.nx() * grid.ny();
    this.counts = new int[grid.nz()];
    for (int i = 0; i < errors.length; i++) {
      counts[i / pixels] += isWrong(errors[i]) ? 1 : 0;
    }
  }

  private static boolean isWrong(byte error) {
    return error == 1 || error == 2;
  }

  /** Wrong voxels of the case. */
  long total() {
    long total = 0;
    for (int n : counts) {
      total += n;
    }
    return total;
  }

  /** Wrong voxels of a slice. */
  int count(int z) {
    return counts[z];
  }

  /** The slice that holds the n-th wrong voxel. */
  int slice(long n) {
    long left = n;
    int z = 0;
    while (left >= counts[z]) {
      left -= counts[z++];
    }
    return z;
  }

  /** Place in the slice of one of its wrong voxels. */
  int voxel(SplittableRandom random, int z) {
    byte[] wrong = new byte[pixels];
    for (int i = 0; i < pixels; i++) {
      wrong[i] = (byte) (isWrong(errors[z * pixels + i]) ? 1 : 0);
    }
    return SliceSampler.nth(wrong, random.nextInt(counts[z]));
  }
}
