package org.maskmine.dsl.view;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.maskmine.UserError;

/** Figures as files. */
final class Drawing {
  /** CSS pixels per inch. */
  private static final double CSS_DPI = 96;

  /** Pixels per CSS pixel, so that a figure is sharp on today's screens and in print. */
  static final int DENSITY = 2;

  private static final double MM_PER_INCH = 25.4;
  private static final double MOST_PIXELS = 2e8;

  private Drawing() {}

  /** An SVG element of the figure's own size. */
  static String svg(Figure figure) {
    return Svg.text(figure, Integer.toString(figure.width()), Integer.toString(figure.height()));
  }

  static Path save(Figure figure, String file, SaveOption[] options) {
    Optional<Double> width = Given.one(options, SaveOption.Width.class).map(w -> w.length().mm());
    double widthMm = width.orElse(figure.width() * MM_PER_INCH / CSS_DPI);
    Optional<Integer> dpi = Given.one(options, SaveOption.Dpi.class).map(SaveOption.Dpi::perInch);
    return Saved.write(file, content(figure, file, widthMm, dpi));
  }

  private static byte[] content(Figure figure, String file, double mm, Optional<Integer> dpi) {
    String name = file.toLowerCase(Locale.ROOT);
    if (name.endsWith(".svg")) {
      String height = millimetres(mm * figure.height() / figure.width());
      return Svg.text(figure, millimetres(mm), height).getBytes(StandardCharsets.UTF_8);
    }
    if (name.endsWith(".pdf")) {
      return Pdf.bytes(figure, mm);
    }
    if (name.endsWith(".png")) {
      return png(figure, file, mm, dpi);
    }
    throw new UserError(
        file + ": a figure is saved as .svg, .pdf or .png; end the file's name with one of them");
  }

  private static String millimetres(double mm) {
    return String.format(Locale.ROOT, "%.3fmm", mm);
  }

  private static byte[] png(Figure figure, String file, double mm, Optional<Integer> wanted) {
    double inches = mm / MM_PER_INCH;
    double dpi = wanted.map(Integer::doubleValue).orElse(DENSITY * figure.width() / inches);
    double density = dpi * inches / figure.width();
    double pixels = density * density * figure.width() * figure.height();
    if (pixels > MOST_PIXELS) {
      throw new UserError(
          String.format(
              Locale.ROOT,
              "%s: would have %.0f million pixels, at most 200 are written; choose a smaller width"
                  + " or dpi",
              file,
              pixels / 1e6));
    }
    return Png.bytes(Png.pixels(figure, density), dpi);
  }
}
