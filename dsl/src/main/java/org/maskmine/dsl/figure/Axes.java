package org.maskmine.dsl.figure;

import java.awt.BasicStroke;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYItemRenderer;
import org.jfree.data.xy.XYDataset;
import org.jspecify.annotations.Nullable;

/** Axes and plots as all charts have them. */
final class Axes {
  private Axes() {}

  /** Numbers, without a line of their own: the grid shows where they are. */
  static NumberAxis numbers(@Nullable String label) {
    return look(new NumberAxis(label));
  }

  /** Numbers from 0 to 1, with room for marks on the ends. */
  static NumberAxis shares(@Nullable String label) {
    NumberAxis axis = numbers(label);
    axis.setRange(-0.02, 1.04);
    axis.setTickUnit(new org.jfree.chart.axis.NumberTickUnit(0.25));
    return axis;
  }

  /** Any axis in our letters and ink. */
  static <A extends ValueAxis> A look(A axis) {
    axis.setLabelFont(Look.font(13));
    axis.setLabelPaint(Look.INK);
    axis.setTickLabelFont(Look.font(13));
    axis.setTickLabelPaint(Look.INK);
    axis.setAxisLineVisible(false);
    axis.setTickMarksVisible(false);
    return axis;
  }

  /** Categories below bars. */
  static CategoryAxis categories() {
    var axis = new CategoryAxis();
    axis.setTickLabelFont(Look.font(13));
    axis.setTickLabelPaint(Look.INK);
    axis.setMaximumCategoryLabelLines(2);
    axis.setAxisLinePaint(Look.INK);
    axis.setTickMarksVisible(false);
    axis.setLowerMargin(0.02);
    axis.setUpperMargin(0.02);
    axis.setCategoryMargin(0.12);
    return axis;
  }

  static XYPlot plot(
      XYDataset data, @Nullable ValueAxis domain, @Nullable ValueAxis range, XYItemRenderer as) {
    var plot = new XYPlot(data, domain, range, as);
    plot.setBackgroundPaint(null);
    plot.setOutlineVisible(false);
    plot.setDomainGridlinesVisible(false);
    plot.setRangeGridlinePaint(Look.FAINT);
    plot.setRangeGridlineStroke(new BasicStroke(0.8f));
    return plot;
  }

  static void look(CategoryPlot plot) {
    plot.setBackgroundPaint(null);
    plot.setOutlineVisible(false);
    plot.setRangeGridlinePaint(Look.FAINT);
    plot.setRangeGridlineStroke(new BasicStroke(0.8f));
  }
}
