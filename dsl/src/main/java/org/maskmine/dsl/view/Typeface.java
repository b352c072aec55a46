package org.maskmine.dsl.view;

import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.GraphicsEnvironment;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TTFSubsetter;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The letters of every figure: Liberation Sans, carried along so that a figure looks alike on every
 * machine and in every format. Its letters are as wide as Arial's.
 */
public enum Typeface {
  /** Upright. */
  PLAIN("LiberationSans-Regular.ttf", "normal"),
  /** Heavier, for titles. */
  BOLD("LiberationSans-Bold.ttf", "bold");

  /** What the fonts call themselves. */
  static final String FAMILY = "Liberation Sans";

  /** Tables that a browser needs and nothing else: no ligatures, no kerning classes. */
  private static final List<String> TABLES =
      List.of(
          "head", "hhea", "maxp", "hmtx", "loca", "glyf", "cmap", "name", "post", "OS/2", "cvt ",
          "fpgm", "prep");

  private final String file;
  private final String weight;
  private final Font font;
  private @Nullable TrueTypeFont parsed;

  Typeface(String file, String weight) {
    this.file = file;
    this.weight = weight;
    try (InputStream in = open()) {
      this.font = Font.createFont(Font.TRUETYPE_FONT, in);
      GraphicsEnvironment.getLocalGraphicsEnvironment().registerFont(font);
    } catch (IOException | FontFormatException e) {
      throw new IllegalStateException(file, e);
    }
  }

  /** A font of this weight, its size in CSS pixels. */
  public Font size(float pixels) {
    // the style says to writers of SVG what the file's own letters already are
    return this == BOLD ? font.deriveFont(Font.BOLD, pixels) : font.deriveFont(pixels);
  }

  /** The font file. */
  InputStream open() {
    return new BufferedInputStream(
        Objects.requireNonNull(Typeface.class.getResourceAsStream("fonts/" + file), file));
  }

  /** The name that Java gives this font. */
  String fontName() {
    return font.getFontName();
  }

  String weight() {
    return weight;
  }

  /** A CSS rule that carries the letters for these characters with it. */
  String css(Set<Integer> codePoints) {
    return "@font-face{font-family:'"
        + FAMILY
        + "';font-weight:"
        + weight
        + ";src:url(\"data:font/ttf;base64,"
        + Base64.getEncoder().encodeToString(subset(codePoints))
        + "\")}";
  }

  private synchronized byte[] subset(Set<Integer> codePoints) {
    try {
      var subsetter = new TTFSubsetter(parsed(), TABLES);
      codePoints.forEach(subsetter::add);
      var out = new ByteArrayOutputStream();
      subsetter.writeToStream(out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Read once: a page of figures asks for the same letters again and again. */
  private TrueTypeFont parsed() throws IOException {
    TrueTypeFont known = parsed;
    if (known == null) {
      try (InputStream in = open()) {
        known = new TTFParser().parse(new RandomAccessReadBuffer(in));
      }
      parsed = known;
    }
    return known;
  }
}
