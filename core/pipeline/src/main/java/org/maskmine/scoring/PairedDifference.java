package org.maskmine.scoring;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * By how much a score differs between two runs on the same cases.
 *
 * @param mean of (after − before) over the cases; NaN where no case is left
 * @param low lower end of its 95 % bootstrap interval
 * @param high upper end
 * @param n cases that have the score in both runs
 */
public record PairedDifference(double mean, double low, double high, int n) {
  private static final int RESAMPLES = 10_000;
  private static final double OUTSIDE = 0.025;

  /** Differences of the cases' Dice scores; cases without one in either run are left out. */
  public static PairedDifference ofDice(Scores before, Scores after) {
    Map<String, Double> dice = new HashMap<>();
    before.cases().forEach(c -> dice.put(c.caseId(), c.confusion().dice()));
    return of(
        after.cases().stream()
            .mapToDouble(c -> c.confusion().dice() - dice.getOrDefault(c.caseId(), Double.NaN))
            .toArray());
  }

  /**
   * Mean and percentile bootstrap interval (Efron 1979) of differences: 10,000 resamples of the
   * cases, always the same ones for the same differences. NaN is left out.
   */
  public static PairedDifference of(double... differences) {
    double[] there = Arrays.stream(differences).filter(d -> !Double.isNaN(d)).toArray();
    if (there.length == 0) {
      return new PairedDifference(Double.NaN, Double.NaN, Double.NaN, 0);
    }
    double[] means = new double[RESAMPLES];
    var random = new SplittableRandom(1);
    for (int r = 0; r < RESAMPLES; r++) {
      double sum = 0;
      for (int i = 0; i < there.length; i++) {
        sum += there[random.nextInt(there.length)];
      }
      means[r] = sum / there.length;
    }
    Arrays.sort(means);
    return new PairedDifference(
        Arrays.stream(there).average().orElseThrow(),
        Percentile.of(means, OUTSIDE),
        Percentile.of(means, 1 - OUTSIDE),
        there.length);
  }

  /** Whether the interval leaves zero out. */
  public boolean clear() {
    return low > 0 || high < 0;
  }
}
