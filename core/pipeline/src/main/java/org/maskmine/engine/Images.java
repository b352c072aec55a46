package org.maskmine.engine;

import org.maskmine.network.Graph;

/**
 * What a network sees.
 *
 * @param count images in the batch
 * @param channels neighbouring slices in 2D
 * @param size spatial axes, outermost first: [y, x] or [z, y, x]
 * @param values float32 [batch, channel, (z,) y, x], HU scaled to [0, 1]
 */
public record Images(int count, int channels, int[] size, float[] values) {
  /** Checks that shape and values agree. */
  public Images {
    if ((long) count * channels * pixels(size) != values.length) {
      throw new IllegalArgumentException(
          values.length
              + " values for "
              + count
              + " images of "
              + channels
              + " channels and "
              + pixels(size)
              + " pixels");
    }
  }

  /**
   * Refuses images that a network cannot compute, before anything native sees them.
   *
   * @throws org.maskmine.UserError with the value, the rule and the remedy
   */
  public void check(Graph graph) {
    graph.checkPatch(channels, size);
  }

  /** Pixels of one image. */
  public int pixels() {
    return pixels(size);
  }

  private static int pixels(int[] size) {
    int n = 1;
    for (int s : size) {
      n *= s;
    }
    return n;
  }
}
