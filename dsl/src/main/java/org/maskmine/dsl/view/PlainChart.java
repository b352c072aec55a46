package org.maskmine.dsl.view;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.title.TextTitle;

/** A chart that a user made. */
record PlainChart(JFreeChart chart) implements Figure {
  @Override
  public int width() {
    return 600;
  }

  @Override
  public int height() {
    return 380;
  }

  @Override
  public String alt() {
    TextTitle title = chart.getTitle();
    Plot plot = chart.getPlot();
    return title == null ? plot.getPlotType() : plot.getPlotType() + ": " + title.getText();
  }

  @Override
  public void draw(Graphics2D graphics) {
    chart.draw(graphics, new Rectangle2D.Double(0, 0, width(), height()));
  }
}
