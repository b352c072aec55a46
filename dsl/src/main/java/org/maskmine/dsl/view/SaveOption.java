package org.maskmine.dsl.view;

import java.math.BigDecimal;
import org.maskmine.UserError;

/** How a figure becomes a file; each at most once, in any order. */
public sealed interface SaveOption {
  /** The width on paper; the height follows. */
  record Width(Length length) implements SaveOption {
    /** Checks that it fits a page. */
    public Width {
      if (!(length.mm() >= 10) || length.mm() > 1000) {
        throw new UserError(
            "width("
                + length
                + "): must be mm(10) to mm(1000); a column is about mm(85), a page mm(170)");
      }
    }

    @Override
    public String toString() {
      return "width(" + length + ")";
    }
  }

  /** Pixels per inch of a {@code .png}; {@code .svg} and {@code .pdf} are sharp at any. */
  record Dpi(int perInch) implements SaveOption {
    /** Checks the number. */
    public Dpi {
      if (perInch < 36 || perInch > 2400) {
        throw new UserError("dpi(" + perInch + "): must be 36 to 2400; journals ask for dpi(300)");
      }
    }

    @Override
    public String toString() {
      return "dpi(" + perInch + ")";
    }
  }

  /** A length on paper. */
  record Length(double mm) {
    @Override
    public String toString() {
      return "mm(" + BigDecimal.valueOf(mm).stripTrailingZeros().toPlainString() + ")";
    }
  }
}
