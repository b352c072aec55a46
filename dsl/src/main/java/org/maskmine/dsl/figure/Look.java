package org.maskmine.dsl.figure;

import java.awt.Color;
import java.awt.Font;
import org.maskmine.dsl.view.Typeface;

/** What all figures share. */
final class Look {
  static final Color GROUND = Color.WHITE;
  static final Color INK = new Color(0x222222);
  static final Color FAINT = new Color(0xDDDDDD);

  static final Color LIVER = new Color(0x009E73);
  static final Color LESION = new Color(0xCC79A7);

  private Look() {}

  static Font font(float size) {
    return Typeface.PLAIN.size(size);
  }

  static Font bold(float size) {
    return Typeface.BOLD.size(size);
  }
}
