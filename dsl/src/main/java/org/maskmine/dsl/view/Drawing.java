package org.maskmine.dsl.view;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.RenderedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.jfree.svg.SVGGraphics2D;
import org.jfree.svg.SVGHints;
import org.maskmine.UserError;

/** Figures as SVG and PNG. */
final class Drawing {
  /** Pixels per CSS pixel, so that a figure is sharp on today's screens and in print. */
  private static final int DENSITY = 2;

  /** Stands for the hash that makes ids unique among the figures of one page. */
  private static final String PREFIX = "maskmine-";

  private Drawing() {}

  /** An SVG element that says what it shows; the same figure gives the same text. */
  static String svg(Figure figure) {
    var graphics = new SVGGraphics2D(figure.width(), figure.height());
    graphics.setDefsKeyPrefix(PREFIX);
    graphics.setRenderingHint(SVGHints.KEY_IMAGE_HANDLING, SVGHints.VALUE_IMAGE_HANDLING_EMBED);
    graphics.setRenderingHint(SVGHints.KEY_TEXT_RENDERING, SVGHints.VALUE_TEXT_RENDERING_PRECISION);
    figure.draw(graphics);
    String drawn = graphics.getSVGElement();
    String unique = PREFIX + Integer.toHexString(drawn.hashCode()) + "-";
    String alt = Html.escape(figure.alt());
    int head = drawn.indexOf('>');
    return drawn.substring(0, head).replaceFirst("<svg", "<svg role=\"img\"")
        + " viewBox=\"0 0 "
        + figure.width()
        + " "
        + figure.height()
        + "\"><title>"
        + alt
        + "</title>"
        + drawn.substring(head + 1).replace(PREFIX, unique);
  }

  static BufferedImage pixels(Figure figure) {
    var image =
        new BufferedImage(
            DENSITY * figure.width(), DENSITY * figure.height(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    graphics.scale(DENSITY, DENSITY);
    figure.draw(graphics);
    graphics.dispose();
    return image;
  }

  /** Base64. */
  static String png(Figure figure) {
    return png(pixels(figure));
  }

  /** Base64. */
  static String png(RenderedImage image) {
    return Base64.getEncoder().encodeToString(bytes(image));
  }

  private static byte[] bytes(RenderedImage image) {
    var out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  static Path save(Figure figure, String file) {
    Path path = Path.of(file).toAbsolutePath().normalize();
    byte[] content = content(figure, file);
    try {
      Path folder = path.getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      return Files.write(path, content);
    } catch (IOException e) {
      throw new UserError(
          file + ": cannot be written (" + e + "); choose a folder that you may write to", e);
    }
  }

  private static byte[] content(Figure figure, String file) {
    String name = file.toLowerCase(Locale.ROOT);
    if (name.endsWith(".svg")) {
      return svg(figure).getBytes(StandardCharsets.UTF_8);
    }
    if (name.endsWith(".png")) {
      return bytes(pixels(figure));
    }
    throw new UserError(
        file + ": a figure is saved as .svg or .png; end the file's name with one of them");
  }
}
