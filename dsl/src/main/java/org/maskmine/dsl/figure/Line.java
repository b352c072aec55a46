package org.maskmine.dsl.figure;

/**
 * A named curve, or single points.
 *
 * @param x in any order for points; from left to right for a curve
 * @param y one per x; NaN leaves a gap
 * @param joined whether the points are joined to a curve
 */
public record Line(String label, double[] x, double[] y, boolean joined) {
  /** Checks that there is one y per x. */
  public Line {
    if (x.length != y.length) {
      throw new IllegalArgumentException(label + ": " + x.length + " x, " + y.length + " y");
    }
  }
}
