package org.maskmine.dsl.view;

import de.rototor.pdfbox.graphics2d.PdfBoxGraphics2D;
import de.rototor.pdfbox.graphics2d.PdfBoxGraphics2DFontTextDrawer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.util.Matrix;

/** Figures as a PDF page of their size, text as text, with the letters that are used. */
final class Pdf {
  private static final float POINTS_PER_MM = 72 / 25.4f;

  private Pdf() {}

  static byte[] bytes(Figure figure, double widthMm) {
    float points = (float) widthMm * POINTS_PER_MM;
    float scale = points / figure.width();
    try (var document = new PDDocument()) {
      var page = new PDPage(new PDRectangle(points, scale * figure.height()));
      document.addPage(page);
      document.getDocumentInformation().setTitle(figure.alt());
      var drawing = draw(document, figure);
      try (var content = new PDPageContentStream(document, page)) {
        content.transform(Matrix.getScaleInstance(scale, scale));
        content.drawForm(drawing.getXFormObject());
      }
      var out = new ByteArrayOutputStream();
      document.save(out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PdfBoxGraphics2D draw(PDDocument document, Figure figure) throws IOException {
    try (var fonts = new PdfBoxGraphics2DFontTextDrawer()) {
      for (Typeface typeface : Typeface.values()) {
        try (InputStream in = typeface.open()) {
          fonts.registerFont(typeface.fontName(), in);
        }
      }
      var graphics = new PdfBoxGraphics2D(document, figure.width(), figure.height());
      graphics.setFontTextDrawer(fonts);
      figure.draw(graphics);
      graphics.dispose();
      return graphics;
    }
  }
}
