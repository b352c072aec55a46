package org.maskmine.dsl.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Curves and points over two axes of numbers. */
final class Lines {
  private static final Color[] COLORS = {
    new Color(0x0072B2),
    new Color(0xD55E00),
    new Color(0x009E73),
    new Color(0xCC79A7),
    new Color(0x4D4D4D),
    new Color(0xE69F00)
  };
  private static final Bar.Role ANY = Bar.Role.OTHER;

  private Lines() {}

  static Chart chart(String title, String xLabel, String yLabel, List<Line> lines) {
    var data = new XYSeriesCollection();
    var renderer = new XYLineAndShapeRenderer(true, false);
    var legend = new LegendItemCollection();
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      Color color = COLORS[i % COLORS.length];
      data.addSeries(series(line, i));
      renderer.setSeriesPaint(i, color);
      renderer.setSeriesStroke(i, new BasicStroke(2.2f));
      renderer.setSeriesLinesVisible(i, line.joined());
      renderer.setSeriesShapesVisible(i, !line.joined());
      renderer.setSeriesShape(i, Ink.of(ANY, i).mark());
      var item = new LegendItem(line.label(), color);
      if (!line.joined()) {
        item.setShape(Ink.of(ANY, i).mark());
      }
      legend.add(item);
    }
    NumberAxis across = across(xLabel);
    if (lines.stream().anyMatch(line -> !line.joined() && isCount(line.x()))) {
      across.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
    }
    var plot = Axes.plot(data, across, up(yLabel), renderer);
    plot.setFixedLegendItems(legend);
    return new Chart(title, plot, 480, 320, alt(title, lines));
  }

  private static XYSeries series(Line line, int number) {
    var series = new XYSeries(number + " " + line.label(), false, true);
    for (int i = 0; i < line.x().length; i++) {
      series.add(line.x()[i], line.y()[i]);
    }
    return series;
  }

  private static NumberAxis across(String label) {
    NumberAxis axis = up(label);
    axis.setAxisLineVisible(true);
    axis.setAxisLinePaint(Look.INK);
    return axis;
  }

  private static NumberAxis up(String label) {
    NumberAxis axis = Axes.numbers(label);
    axis.setAutoRangeIncludesZero(false);
    axis.setAutoRangeStickyZero(false);
    return axis;
  }

  private static boolean isCount(double[] x) {
    return Arrays.stream(x).allMatch(each -> each == Math.rint(each));
  }

  private static String alt(String title, List<Line> lines) {
    return title + ": " + lines.stream().map(Lines::words).collect(Collectors.joining("; "));
  }

  private static String words(Line line) {
    double[] y = Arrays.stream(line.y()).filter(Double::isFinite).toArray();
    return y.length == 0
        ? line.label() + " without a value"
        : String.format(
            Locale.ROOT,
            "%s from %.3g to %.3g",
            line.label(),
            Arrays.stream(y).min().orElseThrow() + 0.0, // no negative zero
            Arrays.stream(y).max().orElseThrow() + 0.0);
  }
}
