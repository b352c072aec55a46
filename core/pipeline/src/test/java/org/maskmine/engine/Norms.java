package org.maskmine.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.maskmine.network.Weights;

/** Compares arrays by the length of their difference. */
final class Norms {
  private Norms() {}

  /**
   * Same names and shapes, and numbers up to a distance of norms, relative to the array's or to a
   * thousandth of the longest: a bias before a batch norm has no gradient but rounding. A tolerance
   * of 0 asks for the same bits.
   */
  static void assertClose(Weights actual, Weights expected, double tolerance) {
    assertThat(actual.arrays().keySet())
        .containsExactlyInAnyOrderElementsOf(expected.arrays().keySet());
    double longest =
        expected.arrays().values().stream().mapToDouble(a -> norm(a.values())).max().orElse(0);
    actual
        .arrays()
        .forEach(
            (name, array) -> {
              Weights.Array other = expected.get(name);
              assertThat(array.shape()).as(name).isEqualTo(other.shape());
              assertThat(distance(array.values(), other.values(), 1e-3 * longest))
                  .as(name)
                  .isLessThanOrEqualTo(tolerance);
            });
  }

  /** Norm of the difference relative to the norm of what was expected, or to the floor. */
  static double distance(float[] actual, float[] expected, double floor) {
    assertThat(actual).hasSameSizeAs(expected);
    float[] difference = actual.clone();
    for (int i = 0; i < difference.length; i++) {
      difference[i] -= expected[i];
    }
    return norm(difference) / Math.max(Double.MIN_NORMAL, Math.max(floor, norm(expected)));
  }

  private static double norm(float[] values) {
    double squares = 0;
    for (float v : values) {
      squares += (double) v * v;
    }
    return Math.sqrt(squares);
  }
}
