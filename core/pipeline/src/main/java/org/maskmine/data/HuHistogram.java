package org.maskmine.data;

import java.util.Arrays;

/**
 * How often each whole Hounsfield unit occurs.
 *
 * @param firstHu the unit of the first count
 * @param counts per unit, from {@code firstHu} on
 */
public record HuHistogram(int firstHu, int[] counts) {
  /** Nothing counted. */
  public static final HuHistogram EMPTY = new HuHistogram(0, new int[0]);

  /** How many voxels were counted. */
  public long total() {
    return Arrays.stream(counts).asLongStream().sum();
  }

  /** How many voxels have this unit. */
  public int at(int hu) {
    int i = hu - firstHu;
    return i >= 0 && i < counts.length ? counts[i] : 0;
  }

  /** Both counts together. */
  public HuHistogram plus(HuHistogram other) {
    if (counts.length == 0 || other.counts.length == 0) {
      return counts.length == 0 ? other : this;
    }
    int first = Math.min(firstHu, other.firstHu);
    int end = Math.max(firstHu + counts.length, other.firstHu + other.counts.length);
    int[] sum = new int[end - first];
    for (int i = 0; i < sum.length; i++) {
      sum[i] = at(first + i) + other.at(first + i);
    }
    return new HuHistogram(first, sum);
  }

  /**
   * The value below which a share of the voxels lies, interpolated between neighbours as {@code
   * numpy.percentile}; NaN where nothing was counted.
   *
   * @param percent 0 to 100
   */
  public double percentile(double percent) {
    long total = total();
    if (total == 0) {
      return Double.NaN;
    }
    double place = percent / 100 * (total - 1);
    long below = (long) Math.floor(place);
    int low = nth(below);
    return low + (place - below) * (nth(Math.min(below + 1, total - 1)) - low);
  }

  /** The n-th smallest unit, from 0. */
  private int nth(long n) {
    long seen = 0;
    for (int i = 0; i < counts.length; i++) {
      seen += counts[i];
      if (seen > n) {
        return firstHu + i;
      }
    }
    throw new IllegalArgumentException(n + " of " + seen);
  }

  /** Counts voxels one by one. */
  static final class Counter {
    private static final int LOWEST = Short.MIN_VALUE;
    private final int[] counts = new int[1 << 16];

    /** Units beyond 16 bits count as the last of them. */
    void add(float hu) {
      counts[Math.min(Math.max(Math.round(hu), LOWEST), Short.MAX_VALUE) - LOWEST]++;
    }

    HuHistogram histogram() {
      int first = 0;
      int end = counts.length;
      while (end > 0 && counts[end - 1] == 0) {
        end--;
      }
      while (first < end && counts[first] == 0) {
        first++;
      }
      return first == end
          ? EMPTY
          : new HuHistogram(first + LOWEST, Arrays.copyOfRange(counts, first, end));
    }
  }
}
