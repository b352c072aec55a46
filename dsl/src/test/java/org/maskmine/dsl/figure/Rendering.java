package org.maskmine.dsl.figure;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.weisj.jsvg.SVGDocument;
import com.github.weisj.jsvg.parser.LoaderContext;
import com.github.weisj.jsvg.parser.SVGLoader;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.maskmine.dsl.view.Figure;

/**
 * Holds figures to stored pictures. What was drawn lies in {@code target/pictures}; the system
 * property {@code maskmine.pictures} names a folder into which new references are written.
 */
final class Rendering {
  private static final Path DRAWN = Path.of("target", "pictures");

  private Rendering() {}

  /** As the stored picture, but for how letters and edges are smoothed. */
  static void looksLikeStored(Figure figure, String name) throws IOException {
    BufferedImage drawn = figure.image();
    Path png = figure.save(DRAWN.resolve(name + ".png").toString());
    String folder = System.getProperty("maskmine.pictures");
    if (folder != null) {
      Files.createDirectories(Path.of(folder));
      Files.copy(
          png, Path.of(folder, name + ".png"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
    URL stored =
        folder == null
            ? Rendering.class.getResource("pictures/" + name + ".png")
            : png.toUri().toURL();
    alike(drawn, ImageIO.read(Objects.requireNonNull(stored, name + ".png is not stored")), name);
  }

  /** SVG and PDF, rendered by libraries that did not write them, look as the PNG. */
  static void looksAlikeInEveryFormat(Figure figure, String name) throws IOException {
    BufferedImage pixels = figure.image();
    alike(pixels, svg(figure.save(DRAWN.resolve(name + ".svg").toString()), pixels), name + ".svg");
    alike(pixels, pdf(figure.save(DRAWN.resolve(name + ".pdf").toString()), pixels), name + ".pdf");
  }

  private static BufferedImage svg(Path file, BufferedImage like) throws IOException {
    // its reader of style sheets does not know embedded fonts; the font is registered here anyway
    String drawn = Files.readString(file).replaceAll("<style>.*?</style>", "");
    var in =
        new java.io.ByteArrayInputStream(drawn.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    SVGDocument document =
        Objects.requireNonNull(
            new SVGLoader().load(in, null, LoaderContext.builder().build()), "no SVG");
    var out = new BufferedImage(like.getWidth(), like.getHeight(), BufferedImage.TYPE_INT_RGB);
    Graphics2D g = out.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    g.scale(
        like.getWidth() / document.size().getWidth(),
        like.getHeight() / document.size().getHeight());
    document.render((java.awt.Component) null, g, null);
    g.dispose();
    return out;
  }

  private static BufferedImage pdf(Path file, BufferedImage like) throws IOException {
    try (var document = Loader.loadPDF(file.toFile())) {
      float points = document.getPage(0).getMediaBox().getWidth();
      var image = new PDFRenderer(document).renderImage(0, like.getWidth() / points, ImageType.RGB);
      var out = new BufferedImage(like.getWidth(), like.getHeight(), BufferedImage.TYPE_INT_RGB);
      out.createGraphics().drawImage(image, 0, 0, null);
      return out;
    }
  }

  /**
   * Grey values averaged over squares of 4 pixels differ by less than a quarter of the scale in
   * nearly all squares, and hardly at all in the mean.
   */
  private static void alike(BufferedImage one, BufferedImage other, String name) {
    assertThat(new int[] {one.getWidth(), one.getHeight()})
        .as(name + ": width and height")
        .containsExactly(other.getWidth(), other.getHeight());
    int columns = one.getWidth() / 4;
    int rows = one.getHeight() / 4;
    double sum = 0;
    int different = 0;
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        double difference = difference(one, other, 4 * c, 4 * r);
        sum += difference;
        different += difference > 64 ? 1 : 0;
      }
    }
    int squares = columns * rows;
    assertThat(sum / squares).as(name + ": mean difference, of 255").isLessThan(3);
    assertThat(100.0 * different / squares).as(name + ": different squares, %").isLessThan(1);
  }

  private static double difference(BufferedImage one, BufferedImage other, int x0, int y0) {
    double largest = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      int sum = 0;
      for (int y = y0; y < y0 + 4; y++) {
        for (int x = x0; x < x0 + 4; x++) {
          sum += (one.getRGB(x, y) >> shift & 255) - (other.getRGB(x, y) >> shift & 255);
        }
      }
      largest = Math.max(largest, Math.abs(sum) / 16.0);
    }
    return largest;
  }
}
