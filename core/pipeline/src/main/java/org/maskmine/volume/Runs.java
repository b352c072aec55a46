package org.maskmine.volume;

import java.util.Arrays;

/** Runs of set voxels along x, in memory order, joined into components by union and find. */
final class Runs {
  /** Place of a run's first voxel and the place after its last, in the flat array. */
  int[] first = new int[256];

  int[] end = new int[256];

  int count;

  /** Number of a run's component, from 0 in order of its first voxel. */
  int[] component = {};

  /** Voxels per component. */
  int[] sizes = {};

  private final Geometry geometry;
  private final int axes;

  /** First run of every row (y, z); one more entry at the end. */
  private final int[] rowStart;

  private int[] parent = {};

  private Runs(Geometry geometry, Connectivity connectivity) {
    this.geometry = geometry;
    this.axes = connectivity.axes;
    this.rowStart = new int[geometry.ny() * geometry.nz() + 1];
  }

  static Runs connected(Mask mask, Connectivity connectivity) {
    var runs = new Runs(mask.geometry(), connectivity);
    runs.collect(mask.values());
    runs.join();
    runs.number();
    return runs;
  }

  private void collect(byte[] mask) {
    int nx = geometry.nx();
    for (int row = 0; row + 1 < rowStart.length; row++) {
      rowStart[row] = count;
      int stop = (row + 1) * nx;
      for (int i = row * nx; i < stop; i++) {
        if (mask[i] != 0) {
          int begin = i;
          while (i < stop && mask[i] != 0) {
            i++;
          }
          add(begin, i);
        }
      }
    }
    rowStart[rowStart.length - 1] = count;
  }

  private void add(int begin, int stop) {
    if (count == first.length) {
      first = Arrays.copyOf(first, 2 * count);
      end = Arrays.copyOf(end, 2 * count);
    }
    first[count] = begin;
    end[count++] = stop;
  }

  private void join() {
    parent = new int[count];
    Arrays.setAll(parent, r -> r);
    for (int z = 0; z < geometry.nz(); z++) {
      for (int y = 0; y < geometry.ny(); y++) {
        joinRow(y, z);
      }
    }
  }

  private void joinRow(int y, int z) {
    touch(y, z, y - 1, z, axes > 1 ? 1 : 0);
    touch(y, z, y, z - 1, axes > 1 ? 1 : 0);
    if (axes > 1) {
      touch(y, z, y - 1, z - 1, axes > 2 ? 1 : 0);
      touch(y, z, y + 1, z - 1, axes > 2 ? 1 : 0);
    }
  }

  /**
   * Joins the runs of a row with those they touch in an earlier row, where there is one.
   *
   * @param reach how far beyond their ends runs still touch
   */
  private void touch(int y, int z, int otherY, int otherZ, int reach) {
    int ny = geometry.ny();
    if (otherY < 0 || otherY >= ny || otherZ < 0) {
      return;
    }
    int row = z * ny + y;
    int other = otherZ * ny + otherY;
    int shift = (row - other) * geometry.nx();
    int a = rowStart[row];
    int b = rowStart[other];
    while (a < rowStart[row + 1] && b < rowStart[other + 1]) {
      int begin = first[b] + shift;
      int stop = end[b] + shift;
      if (begin < end[a] + reach && first[a] < stop + reach) {
        union(a, b);
      }
      if (stop < end[a]) {
        b++;
      } else {
        a++;
      }
    }
  }

  private int find(int r) {
    while (parent[r] != r) {
      parent[r] = parent[parent[r]];
      r = parent[r];
    }
    return r;
  }

  private void union(int a, int b) {
    int rootA = find(a);
    int rootB = find(b);
    parent[Math.max(rootA, rootB)] = Math.min(rootA, rootB);
  }

  /** The root of a component is its first run, so numbers follow memory order. */
  private void number() {
    component = new int[count];
    int[] size = new int[count];
    int components = 0;
    for (int r = 0; r < count; r++) {
      int root = find(r);
      component[r] = root == r ? components++ : component[root];
      size[component[r]] += end[r] - first[r];
    }
    sizes = Arrays.copyOf(size, components);
  }
}
