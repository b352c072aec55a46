package org.maskmine.dsl.figure;

/**
 * How precision and recall of one run trade as the threshold moves.
 *
 * @param label in the legend
 * @param role decides the colour
 * @param recall at one threshold after the other, in [0, 1]
 * @param precision at the same thresholds, in [0, 1]
 * @param atRecall recall of the run's own masks
 * @param atPrecision precision of the run's own masks
 */
public record RunCurve(
    String label,
    Bar.Role role,
    double[] recall,
    double[] precision,
    double atRecall,
    double atPrecision) {
  /** Checks that the arrays belong together. */
  public RunCurve {
    if (recall.length != precision.length) {
      throw new IllegalArgumentException(
          recall.length + " recalls, " + precision.length + " precisions");
    }
  }
}
