package org.maskmine.scoring;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * How well the lesions' share of the liver is predicted, over cases; in shares of the liver, [0,
 * 1].
 *
 * @param rmse root mean square error
 * @param largest largest error, without sign
 * @param n cases with a predicted and a true liver
 */
public record TumourBurden(double rmse, double largest, int n) {
  static TumourBurden of(DoubleStream errors) {
    double[] there = errors.filter(e -> !Double.isNaN(e)).toArray();
    double mean = Arrays.stream(there).map(e -> e * e).average().orElse(Double.NaN);
    double largest = Arrays.stream(there).map(Math::abs).max().orElse(Double.NaN);
    return new TumourBurden(Math.sqrt(mean), largest, there.length);
  }

  /** Predicted minus true burden of one case; NaN where either liver is empty. */
  static double error(Confusion liver, Confusion lesion) {
    return (double) lesion.predicted() / liver.predicted()
        - (double) lesion.truth() / liver.truth();
  }
}
