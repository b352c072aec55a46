package org.maskmine.scoring;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * Mean and spread of a few numbers, such as one score over seeds.
 *
 * @param mean NaN where there are none
 * @param deviation sample standard deviation (divided by n − 1); NaN for fewer than two
 * @param n how many were there
 */
public record Summary(double mean, double deviation, int n) {
  /** Summarises the numbers; NaN is left out. */
  public static Summary of(DoubleStream values) {
    double[] there = values.filter(v -> !Double.isNaN(v)).toArray();
    double mean = Arrays.stream(there).average().orElse(Double.NaN);
    double squares = Arrays.stream(there).map(v -> (v - mean) * (v - mean)).sum();
    double deviation = there.length < 2 ? Double.NaN : Math.sqrt(squares / (there.length - 1));
    return new Summary(mean, deviation, there.length);
  }

  /** As the paper's Table 1 writes it: {@code 63.5 ± 0.6}, without spread for a single number. */
  public String text(double scale, int digits) {
    if (n == 0) {
      return "–";
    }
    String format = "%." + digits + "f";
    String middle = String.format(Locale.ROOT, format, mean * scale);
    return n < 2 ? middle : middle + " ± " + String.format(Locale.ROOT, format, deviation * scale);
  }
}
