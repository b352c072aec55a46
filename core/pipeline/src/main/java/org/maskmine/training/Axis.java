package org.maskmine.training;

import java.util.stream.IntStream;

/**
 * Tiles along one axis: how long they are, where they begin, and what a voxel of a tile weighs.
 *
 * @param tile voxels of a tile
 * @param starts first voxels of the tiles; they may lie outside the grid
 */
record Axis(int tile, int[] starts) {
  /** Voxels of context around what is predicted, on either side. */
  private static final int MARGIN = 4;

  /** A tile's width in standard deviations of its Gaussian weights (as nnU-Net's). */
  private static final double DEVIATIONS = 8;

  /** Slices of a 2D network, one by one. */
  static Axis slices(int low, int high) {
    return new Axis(1, IntStream.rangeClosed(low, high).toArray());
  }

  /** One tile around everything between two voxels. */
  static Axis whole(int low, int high, int length, int divisor) {
    int tile = roundedUp(wanted(low, high, length), divisor);
    return new Axis(tile, new int[] {start(low, high, length, tile)});
  }

  /** Tiles that overlap by half at least. */
  static Axis tiled(int low, int high, int length, int divisor, int side) {
    int tile = roundedUp(side, divisor);
    int region = Math.max(tile, wanted(low, high, length));
    int first = start(low, high, length, region);
    int steps = -Math.floorDiv(tile - region, Math.max(1, tile / 2));
    return new Axis(
        tile,
        IntStream.rangeClosed(0, steps)
            .map(
                i ->
                    first
                        + (steps == 0 ? 0 : (int) Math.round((double) i * (region - tile) / steps)))
            .toArray());
  }

  private static int wanted(int low, int high, int length) {
    return Math.min(length, high - low + 1 + 2 * MARGIN);
  }

  private static int roundedUp(int n, int divisor) {
    return (n + divisor - 1) / divisor * divisor;
  }

  /** Within the grid where it fits, else from its first voxel on. */
  private static int start(int low, int high, int length, int region) {
    return region >= length
        ? 0
        : Math.min(Math.max(0, Math.floorDiv(low + high + 1 - region, 2)), length - region);
  }

  /** The first voxel of all tiles. */
  int first() {
    return starts[0];
  }

  /** Voxels from the first tile's begin to the last one's end. */
  int extent() {
    return starts[starts.length - 1] + tile - starts[0];
  }

  /** Weights of a tile's voxels: a Gaussian around its middle; 1 where tiles do not overlap. */
  float[] weights() {
    float[] weights = new float[tile];
    for (int i = 0; i < tile; i++) {
      double away = (i - (tile - 1) / 2.0) / (tile / DEVIATIONS);
      weights[i] = starts.length == 1 || tile == 1 ? 1 : (float) Math.exp(-away * away / 2);
    }
    return weights;
  }
}
