package org.maskmine.dsl.view;

import java.util.Locale;

/** Numbers as a column of a table shows them: as many digits as one can use, aligned. */
final class Numbers {
  private static final String MISSING = "–";

  private Numbers() {}

  /** A whole number; from five digits on in groups of three. */
  static String whole(long value) {
    return Math.abs(value) >= 10_000
        ? String.format(Locale.ROOT, "%,d", value)
        : Long.toString(value);
  }

  /** One format for all numbers of a column; NaN, a missing value, is a dash. */
  static String[] column(double[] values) {
    int decimals = decimals(values);
    var out = new String[values.length];
    for (int i = 0; i < values.length; i++) {
      out[i] = format(values[i], decimals);
    }
    return out;
  }

  private static String format(double value, int decimals) {
    if (Double.isNaN(value)) {
      return MISSING;
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "∞" : "−∞";
    }
    double size = Math.abs(value);
    if (size >= 1e15 || (size > 0 && size < 0.5 * Math.pow(10, -decimals))) {
      return String.format(Locale.ROOT, "%.2e", value);
    }
    String pattern = size >= 10_000 ? "%,." : "%.";
    return String.format(Locale.ROOT, pattern + decimals + "f", value);
  }

  /** None where every number is whole, else about four digits of the largest. */
  private static int decimals(double[] values) {
    double largest = 0;
    boolean whole = true;
    for (double v : values) {
      if (Double.isFinite(v)) {
        largest = Math.max(largest, Math.abs(v));
        whole &= v == Math.rint(v);
      }
    }
    if (whole || largest >= 1000) {
      return 0;
    }
    return largest >= 100 ? 1 : largest >= 10 ? 2 : 3;
  }
}
