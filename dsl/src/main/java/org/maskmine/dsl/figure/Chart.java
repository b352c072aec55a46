package org.maskmine.dsl.figure;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.text.TextUtils;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.maskmine.dsl.view.Figure;

/** A JFreeChart in the house's look, with a size and a description of its own. */
public final class Chart extends JFreeChart implements Figure {
  private static final long serialVersionUID = 1L;

  static {
    // else labels along the vertical axis become outlines that nobody can select or search
    TextUtils.setUseDrawRotatedStringWorkaround(false);
  }

  private final int width;
  private final int height;
  private final String alt;

  Chart(String title, Plot plot, int width, int height, String alt) {
    super(null, Look.font(14), plot, false);
    this.width = width;
    this.height = height;
    this.alt = alt;
    setBackgroundPaint(Look.GROUND);
    setPadding(new RectangleInsets(6, 6, 6, 10));
    plot.setBackgroundPaint(null);
    plot.setOutlineVisible(false);
    addLegend(legend(plot));
    setTitle(title(title));
  }

  private static TextTitle title(String words) {
    var title = new TextTitle(words, Look.bold(14));
    title.setPaint(Look.INK);
    title.setHorizontalAlignment(HorizontalAlignment.LEFT);
    title.setTextAlignment(HorizontalAlignment.LEFT);
    title.setPadding(2, 4, 2, 4);
    return title;
  }

  private static LegendTitle legend(Plot plot) {
    var legend = new LegendTitle(plot);
    legend.setPosition(RectangleEdge.TOP);
    legend.setHorizontalAlignment(HorizontalAlignment.LEFT);
    legend.setItemFont(Look.font(14));
    legend.setItemPaint(Look.INK);
    legend.setFrame(BlockBorder.NONE);
    legend.setBackgroundPaint(null);
    return legend;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int height() {
    return height;
  }

  @Override
  public String alt() {
    return alt;
  }

  @Override
  public void draw(Graphics2D graphics) {
    draw(graphics, new Rectangle2D.Double(0, 0, width, height));
  }
}
