package org.maskmine.dsl.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;

/** Boxes, arrows and words of a diagram; places in CSS pixels. */
final class Sketch {
  private static final FontRenderContext METRICS = new FontRenderContext(null, true, true);
  private static final BasicStroke DASHED =
      new BasicStroke(
          1.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, new float[] {5, 4}, 0);
  private static final Color GREY = new Color(0x777777);

  private final Graphics2D g;

  Sketch(Graphics2D g) {
    this.g = g;
  }

  /** How wide words are. */
  static double width(String words, Font font) {
    return font.getStringBounds(words, METRICS).getWidth();
  }

  /** A box with centred lines of words. */
  void box(double x, double y, double width, double height, Color fill, String... lines) {
    var shape = new RoundRectangle2D.Double(x, y, width, height, 6, 6);
    g.setPaint(fill);
    g.fill(shape);
    g.setPaint(Look.INK);
    g.setStroke(new BasicStroke(1));
    g.draw(shape);
    Font font = Look.font(13);
    double first = y + height / 2 + 4.5 - (lines.length - 1) * 8;
    for (int i = 0; i < lines.length; i++) {
      words(x + (width - width(lines[i], font)) / 2, first + 16 * i, font, lines[i]);
    }
  }

  void words(double x, double y, Font font, String words) {
    g.setFont(font);
    g.setPaint(Look.INK);
    g.drawString(words, (float) x, (float) y);
  }

  void arrow(double x0, double y0, double x1, double y1) {
    line(x0, y0, x1, y1, new BasicStroke(1.4f), Look.INK);
  }

  void dashed(double x0, double y0, double x1, double y1) {
    line(x0, y0, x1, y1, DASHED, GREY);
  }

  /** Dashed, through places given as x, y after one another; without a head. */
  void dashedPath(double... places) {
    var path = new Path2D.Double();
    path.moveTo(places[0], places[1]);
    for (int i = 2; i < places.length; i += 2) {
      path.lineTo(places[i], places[i + 1]);
    }
    g.setPaint(GREY);
    g.setStroke(DASHED);
    g.draw(path);
  }

  private void line(double x0, double y0, double x1, double y1, BasicStroke stroke, Color color) {
    double length = Math.hypot(x1 - x0, y1 - y0);
    double dx = (x1 - x0) / length;
    double dy = (y1 - y0) / length;
    g.setPaint(color);
    g.setStroke(stroke);
    g.draw(new Line2D.Double(x0, y0, x1 - 5 * dx, y1 - 5 * dy));
    var head = new Path2D.Double();
    head.moveTo(x1, y1);
    head.lineTo(x1 - 7 * dx + 3.5 * dy, y1 - 7 * dy - 3.5 * dx);
    head.lineTo(x1 - 7 * dx - 3.5 * dy, y1 - 7 * dy + 3.5 * dx);
    head.closePath();
    g.fill(head);
  }
}
