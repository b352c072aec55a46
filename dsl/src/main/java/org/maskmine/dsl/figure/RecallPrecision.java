package org.maskmine.dsl.figure;

import java.awt.BasicStroke;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Precision over recall, with a mark where each run's own masks are. */
final class RecallPrecision {
  private RecallPrecision() {}

  static Chart chart(String title, List<RunCurve> runs) {
    var data = new XYSeriesCollection();
    var renderer = new XYLineAndShapeRenderer(true, false);
    var legend = new LegendItemCollection();
    for (int i = 0; i < runs.size(); i++) {
      RunCurve run = runs.get(i);
      Ink ink = Ink.of(run.role(), i);
      int line = data.getSeriesCount();
      data.addSeries(line(run, i));
      renderer.setSeriesPaint(line, ink.color());
      renderer.setSeriesStroke(line, new BasicStroke(2.2f));
      data.addSeries(own(run, i));
      renderer.setSeriesPaint(line + 1, ink.color());
      renderer.setSeriesLinesVisible(line + 1, false);
      renderer.setSeriesShapesVisible(line + 1, true);
      renderer.setSeriesShape(line + 1, ink.mark());
      var item = new LegendItem(run.label(), ink.color());
      item.setShape(ink.mark());
      legend.add(item);
    }
    NumberAxis recall = Axes.shares("recall");
    recall.setAxisLineVisible(true);
    recall.setAxisLinePaint(Look.INK);
    var plot = Axes.plot(data, recall, Axes.shares("precision"), renderer);
    plot.setFixedLegendItems(legend);
    return new Chart(title, plot, 480, 400, alt(title, runs));
  }

  private static XYSeries line(RunCurve run, int number) {
    var series = new XYSeries(number + " " + run.label(), false, true);
    for (int i = 0; i < run.recall().length; i++) {
      series.add(run.recall()[i], run.precision()[i]);
    }
    return series;
  }

  private static XYSeries own(RunCurve run, int number) {
    var series = new XYSeries(number + " " + run.label() + ", its masks");
    if (!Double.isNaN(run.atPrecision())) {
      series.add(run.atRecall(), run.atPrecision());
    }
    return series;
  }

  private static String alt(String title, List<RunCurve> runs) {
    return title
        + ": "
        + runs.stream()
            .map(
                r ->
                    String.format(
                        Locale.ROOT,
                        "%s has recall %.3f and precision %.3f",
                        r.label(),
                        r.atRecall(),
                        r.atPrecision()))
            .collect(Collectors.joining("; "));
  }
}
