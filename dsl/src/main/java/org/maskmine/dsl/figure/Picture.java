package org.maskmine.dsl.figure;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.FontRenderContext;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import org.maskmine.dsl.view.Figure;

/** Rows of slices, with a title, captions and a legend. */
public final class Picture implements Figure {
  private static final int MARGIN = 10;
  private static final int GAP = 8;
  private static final int LINE = 22;
  private static final int SWATCH = 13;
  private static final Font TITLE = Look.bold(15);
  private static final Font WORDS = Look.font(14);
  private static final FontRenderContext METRICS = new FontRenderContext(null, true, true);

  private final String title;
  private final List<List<Panel>> rows;
  private final List<Swatch> legend;
  private final String alt;

  /** A slice under its caption; all panels of a row have one height. */
  record Panel(String caption, BufferedImage image, int width, int height, Marks marks) {}

  /**
   * What is written onto a slice.
   *
   * @param right whether the patient's right is marked at the left
   * @param mmPerPixel for the scale bar; 0 for none
   */
  record Marks(boolean right, double mmPerPixel) {
    static final Marks NONE = new Marks(false, 0);
  }

  /** What a colour means. */
  record Swatch(String label, Color color) {}

  Picture(String title, List<List<Panel>> rows, List<Swatch> legend, String alt) {
    this.title = title;
    this.rows = List.copyOf(rows);
    this.legend = List.copyOf(legend);
    this.alt = alt;
  }

  @Override
  public int width() {
    int widest = rows.stream().mapToInt(Picture::width).max().orElse(0);
    return 2 * MARGIN + Math.max(widest, legendWidth());
  }

  @Override
  public int height() {
    return bottom() + (legend.isEmpty() ? 0 : LINE + GAP) + MARGIN;
  }

  private static int width(List<Panel> row) {
    return row.stream().mapToInt(Panel::width).sum() + (row.size() - 1) * GAP;
  }

  private static int height(List<Panel> row) {
    return LINE + row.get(0).height();
  }

  private int top() {
    return MARGIN + (title.isEmpty() ? 0 : LINE);
  }

  /** Where the last row ends. */
  private int bottom() {
    return top() + rows.stream().mapToInt(Picture::height).sum();
  }

  private int legendWidth() {
    return legend.stream().mapToInt(Picture::width).sum();
  }

  private static int width(Swatch swatch) {
    return SWATCH
        + 5
        + (int) Math.ceil(WORDS.getStringBounds(swatch.label(), METRICS).getWidth())
        + 16;
  }

  @Override
  public String alt() {
    return alt;
  }

  @Override
  public void draw(Graphics2D g) {
    g.setPaint(Look.GROUND);
    g.fill(new Rectangle2D.Double(0, 0, width(), height()));
    g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    g.setPaint(Look.INK);
    if (!title.isEmpty()) {
      g.setFont(TITLE);
      g.drawString(title, MARGIN, MARGIN + 15);
    }
    int y = top();
    for (List<Panel> row : rows) {
      int x = MARGIN;
      for (Panel panel : row) {
        draw(g, panel, x, y + LINE);
        x += panel.width() + GAP;
      }
      y += height(row);
    }
    legend(g);
  }

  private static void draw(Graphics2D g, Panel panel, int x, int y) {
    g.setPaint(Look.INK);
    g.setFont(WORDS);
    g.drawString(fitting(g, panel.caption(), panel.width()), x, y - 7);
    g.drawImage(panel.image(), x, y, panel.width(), panel.height(), null);
    if (panel.marks().right()) {
      marked(g, "R", x + 6, y + panel.height() / 2f);
    }
    if (panel.marks().mmPerPixel() > 0) {
      scaleBar(g, panel, x + panel.width() - 8, y + panel.height() - 8);
    }
  }

  /** Words that a caption has room for. */
  private static String fitting(Graphics2D g, String words, int width) {
    FontMetrics metrics = g.getFontMetrics();
    String shown = words;
    while (shown.length() > 1 && metrics.stringWidth(shown) > width) {
      shown = shown.substring(0, shown.length() - 2) + "…";
    }
    return shown;
  }

  private static void marked(Graphics2D g, String mark, float x, float y) {
    g.setFont(Look.bold(13));
    outlined(g, mark, x, y);
  }

  /** White letters that can be read on bone as well. */
  private static void outlined(Graphics2D g, String words, float x, float y) {
    g.setPaint(Color.BLACK);
    for (int dx = -1; dx <= 1; dx++) {
      for (int dy = -1; dy <= 1; dy++) {
        g.drawString(words, x + dx, y + dy);
      }
    }
    g.setPaint(Color.WHITE);
    g.drawString(words, x, y);
  }

  /** The longest of 1, 2, 5 and 10 cm that takes at most a third of the slice. */
  private static void scaleBar(Graphics2D g, Panel panel, int right, int y) {
    double mm = 10;
    for (int longer : new int[] {20, 50, 100}) {
      mm = longer / panel.marks().mmPerPixel() <= panel.width() / 3.0 ? longer : mm;
    }
    double length = mm / panel.marks().mmPerPixel();
    g.setPaint(Color.BLACK);
    g.fill(new Rectangle2D.Double(right - length - 1, y - 2, length + 2, 4));
    g.setPaint(Color.WHITE);
    g.fill(new Rectangle2D.Double(right - length, y - 1, length, 2));
    g.setFont(Look.font(12));
    String label = (int) (mm / 10) + " cm";
    int width = g.getFontMetrics().stringWidth(label);
    outlined(g, label, (float) (right - length / 2 - width / 2.0), y - 5);
  }

  private void legend(Graphics2D g) {
    g.setFont(WORDS);
    int x = MARGIN;
    int y = bottom() + GAP;
    for (Swatch swatch : legend) {
      g.setPaint(swatch.color());
      g.fill(new Rectangle2D.Double(x, y + 4, SWATCH, SWATCH));
      g.setPaint(Look.INK);
      g.drawString(swatch.label(), x + SWATCH + 5, y + 15);
      x += width(swatch);
    }
  }
}
