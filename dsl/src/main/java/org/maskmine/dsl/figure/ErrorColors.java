package org.maskmine.dsl.figure;

import java.awt.Color;
import org.maskmine.UserError;
import org.maskmine.mining.ErrorMask;

/**
 * The colours of the four error classes, each 0xRRGGBB.
 *
 * @param fn false negatives
 * @param fp false positives
 * @param tn true negatives
 * @param tp true positives
 */
public record ErrorColors(int fn, int fp, int tn, int tp) implements PictureOption {
  /**
   * The paper's (Fig. 1): FN red, FP green, TN grey, TP black. The green is much lighter than the
   * red, so that both are told apart without seeing colour.
   */
  public static final ErrorColors PAPER = new ErrorColors(0xD7191C, 0x66E07A, 0xBDBDBD, 0x000000);

  private static final String[] NAMES = {
    "true negative", "false positive", "false negative", "true positive"
  };

  /** Checks the numbers. */
  public ErrorColors {
    for (int rgb : new int[] {fn, fp, tn, tp}) {
      if (rgb < 0 || rgb > 0xFFFFFF) {
        throw new UserError("colour " + rgb + ": must be 0x000000 to 0xFFFFFF; red is 0xFF0000");
      }
    }
  }

  /**
   * The colour of an error class.
   *
   * @param error TN 0, FP 1, FN 2, TP 3
   */
  Color of(int error) {
    return new Color(
        switch (error) {
          case ErrorMask.FP -> fp;
          case ErrorMask.FN -> fn;
          case ErrorMask.TP -> tp;
          default -> tn;
        });
  }

  /** The colour of true negatives inside the liver, lighter than elsewhere. */
  Color inLiver() {
    Color color = of(ErrorMask.TN);
    return new Color(
        (255 + color.getRed()) / 2, (255 + color.getGreen()) / 2, (255 + color.getBlue()) / 2);
  }

  /** Its name in a legend. */
  static String name(int error) {
    return NAMES[error];
  }

  @Override
  public String toString() {
    return String.format("errorColors(0x%06X, 0x%06X, 0x%06X, 0x%06X)", fn, fp, tn, tp);
  }
}
