package org.maskmine.volume;

import java.util.Arrays;

/**
 * Connected components of a mask; a voxel is set where its label is not 0.
 *
 * <p>Works on runs of set voxels along x, so that memory grows with the structure, not with the
 * grid. Components are numbered by their first voxel in memory order, which makes every answer
 * deterministic.
 */
public final class Components {
  private Components() {}

  /**
   * Numbered components.
   *
   * @param geometry the mask's grid
   * @param labels 0 for background, else the component's number, from 1
   * @param sizes voxels of component {@code k + 1} at place {@code k}
   */
  public record Labelling(Geometry geometry, int[] labels, int[] sizes) {
    /** How many components there are. */
    public int count() {
      return sizes.length;
    }
  }

  /** Every component of a mask. */
  public static Labelling label(Mask mask, Connectivity connectivity) {
    Runs runs = Runs.connected(mask, connectivity);
    int[] labels = new int[mask.values().length];
    for (int r = 0; r < runs.count; r++) {
      Arrays.fill(labels, runs.first[r], runs.end[r], runs.component[r] + 1);
    }
    return new Labelling(mask.geometry(), labels, runs.sizes);
  }

  /**
   * The largest component by shared faces, as a binary mask; of equally large ones the first in
   * memory order. A mask without set voxels stays empty.
   */
  public static Mask largest(Mask mask) {
    Runs runs = Runs.connected(mask, Connectivity.FACES);
    Mask out = Mask.empty(mask.geometry());
    int largest = firstMaximum(runs.sizes);
    for (int r = 0; r < runs.count; r++) {
      if (runs.component[r] == largest) {
        Arrays.fill(out.values(), runs.first[r], runs.end[r], (byte) 1);
      }
    }
    return out;
  }

  private static int firstMaximum(int[] sizes) {
    int best = 0;
    for (int k = 1; k < sizes.length; k++) {
      if (sizes[k] > sizes[best]) {
        best = k;
      }
    }
    return best;
  }
}
