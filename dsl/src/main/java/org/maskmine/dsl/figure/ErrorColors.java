package org.maskmine.dsl.figure;

import java.awt.Color;

/**
 * The paper's colours of the four error classes (Fig. 1): TN grey, FP green, FN red, TP black. The
 * green is much lighter than the red, so that both are told apart without seeing colour.
 */
final class ErrorColors {
  static final Color TN = new Color(0xBDBDBD);
  static final Color FP = new Color(0x66E07A);
  static final Color FN = new Color(0xD7191C);
  static final Color TP = Color.BLACK;

  private static final Color[] COLORS = {TN, FP, FN, TP};
  private static final String[] NAMES = {
    "true negative", "false positive", "false negative", "true positive"
  };

  private ErrorColors() {}

  /**
   * The colour of an error class.
   *
   * @param error TN 0, FP 1, FN 2, TP 3
   */
  static Color of(int error) {
    return COLORS[error];
  }

  /** Its name in a legend. */
  static String name(int error) {
    return NAMES[error];
  }
}
