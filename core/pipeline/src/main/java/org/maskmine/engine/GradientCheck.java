package org.maskmine.engine;

import java.util.SplittableRandom;
import org.maskmine.UserError;

/**
 * Holds a gradient against central differences of its value along a few random directions: the
 * error along a direction of random signs is about as long as the error of the whole gradient.
 */
final class GradientCheck {
  private static final int DIRECTIONS = 6;
  private static final float STEP = 1e-2f;
  private static final double TOLERANCE = 0.03;

  /** Values may have been summed in float32. */
  private static final double ROUNDING = 1e-6;

  private final OwnLoss.Function function;
  private final float[] logits;
  private final int images;
  private final Target target;

  GradientCheck(OwnLoss.Function function, float[] logits, int images, Target target) {
    this.function = function;
    this.logits = logits;
    this.images = images;
    this.target = target;
  }

  /**
   * @throws UserError where a difference does not agree
   */
  void check(OwnLoss loss, OwnLoss.Result result) {
    double length = 0;
    for (float g : result.gradient()) {
      length += (double) g * g;
    }
    double noise = ROUNDING * Math.max(1, Math.abs(result.value())) / STEP;
    double allowed = TOLERANCE * Math.sqrt(length) + noise;
    for (int seed = 0; seed < DIRECTIONS; seed++) {
      double expected = slope(result.gradient(), seed);
      double found = (value(seed, STEP) - value(seed, -STEP)) / (2 * STEP);
      if (!(Math.abs(found - expected) <= allowed)) {
        throw new UserError(
            String.format(
                java.util.Locale.ROOT,
                "%s: its gradient does not belong to its value: along one direction the value"
                    + " changes by %.3g per unit and the gradient says %.3g; correct the gradient,"
                    + " the derivative of the value by each logit [image, class, pixel]",
                loss,
                found,
                expected));
      }
    }
  }

  /** The slope of the value along a direction, as the gradient says. */
  private static double slope(float[] gradient, int seed) {
    var signs = new SplittableRandom(seed);
    double slope = 0;
    for (float g : gradient) {
      slope += signs.nextBoolean() ? g : -g;
    }
    return slope;
  }

  private double value(int seed, float step) {
    var signs = new SplittableRandom(seed);
    float[] moved = logits.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += signs.nextBoolean() ? step : -step;
    }
    return function.of(moved, images, target).value();
  }
}
