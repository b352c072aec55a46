package org.maskmine.kernel.install;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** The kernel's logo: a mask, and the error it misses. */
final class Logo {
  private static final String SVG =
      """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">
        <ellipse cx="28" cy="34" rx="24" ry="20" fill="#2f6f8f"/>
        <circle cx="44" cy="22" r="13" fill="#e2725b" fill-opacity="0.85"/>
        <circle cx="44" cy="22" r="13" fill="none" stroke="#ffffff" stroke-width="2"/>
      </svg>
      """;

  private Logo() {}

  static void write(Path folder) throws IOException {
    Files.writeString(folder.resolve("logo-svg.svg"), SVG);
    for (int size : new int[] {32, 64}) {
      Path file = folder.resolve("logo-" + size + "x" + size + ".png");
      ImageIO.write(image(size), "png", file.toFile());
    }
  }

  private static BufferedImage image(int size) {
    var image = new BufferedImage(size, size, BufferedImage.TYPE_INT_ARGB);
    Graphics2D pen = image.createGraphics();
    pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    pen.scale(size / 64.0, size / 64.0);
    pen.setColor(new Color(0x2f6f8f));
    pen.fill(new Ellipse2D.Double(4, 14, 48, 40));
    var error = new Ellipse2D.Double(31, 9, 26, 26);
    pen.setColor(new Color(0xe2, 0x72, 0x5b, 217));
    pen.fill(error);
    pen.setColor(Color.WHITE);
    pen.setStroke(new BasicStroke(2));
    pen.draw(error);
    pen.dispose();
    return image;
  }
}
