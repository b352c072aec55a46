package org.maskmine.scoring;

/** Percentiles as numpy takes them. */
final class Percentile {
  private Percentile() {}

  /** Interpolated linearly between the two nearest values. */
  static double of(double[] sorted, double share) {
    double at = share * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }
}
