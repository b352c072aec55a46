package org.maskmine.dsl.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.plot.CombinedRangeXYPlot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** A line per case from the first run to each other: who gained, who lost. */
final class DicePairs {
  private static final Color GAIN = new Color(0x0072B2);
  private static final Color LOSS = new Color(0xD55E00);
  private static final BasicStroke THIN = new BasicStroke(1.2f);
  private static final BasicStroke THICK = new BasicStroke(3.2f);

  private DicePairs() {}

  static Chart chart(String title, List<RunDice> runs) {
    var plot = new CombinedRangeXYPlot(Axes.shares("Dice of a case"));
    plot.setGap(12);
    RunDice before = runs.get(0);
    runs.stream().skip(1).forEach(after -> plot.add(panel(before, after), 1));
    plot.setFixedLegendItems(legend());
    int width = Math.max(480, 70 + (runs.size() - 1) * 140);
    return new Chart(title, plot, width, 340, alt(title, runs));
  }

  private static XYPlot panel(RunDice before, RunDice after) {
    var data = new XYSeriesCollection();
    var renderer = new XYLineAndShapeRenderer(true, true);
    renderer.setDefaultShape(new java.awt.geom.Ellipse2D.Double(-2.5, -2.5, 5, 5));
    int[] both = both(before, after);
    // drawn from the last series to the first, so that the mean lies on top
    pair(data, renderer, mean(before, both), mean(after, both), Look.INK, THICK);
    for (int i : both) {
      double b = before.dice()[i];
      double a = after.dice()[i];
      pair(data, renderer, b, a, a >= b ? GAIN : LOSS, THIN);
    }
    var axis = Axes.look(new SymbolAxis(null, new String[] {before.label(), after.label()}));
    axis.setGridBandsVisible(false);
    axis.setRange(-0.45, 1.45);
    axis.setAxisLineVisible(true);
    axis.setAxisLinePaint(Look.INK);
    return Axes.plot(data, axis, null, renderer);
  }

  private static void pair(
      XYSeriesCollection data,
      XYLineAndShapeRenderer renderer,
      double before,
      double after,
      Color color,
      BasicStroke stroke) {
    int place = data.getSeriesCount();
    var series = new XYSeries(place);
    series.add(0, before);
    series.add(1, after);
    data.addSeries(series);
    renderer.setSeriesPaint(place, color);
    renderer.setSeriesStroke(place, stroke);
    renderer.setSeriesShape(place, new java.awt.geom.Ellipse2D.Double(-2.5, -2.5, 5, 5));
  }

  private static int[] both(RunDice before, RunDice after) {
    return IntStream.range(0, before.dice().length)
        .filter(i -> !Double.isNaN(before.dice()[i]) && !Double.isNaN(after.dice()[i]))
        .toArray();
  }

  private static double mean(RunDice run, int[] cases) {
    return IntStream.of(cases).mapToDouble(i -> run.dice()[i]).average().orElse(Double.NaN);
  }

  private static LegendItemCollection legend() {
    var legend = new LegendItemCollection();
    legend.add(new LegendItem("case that gained", GAIN));
    legend.add(new LegendItem("case that lost", LOSS));
    legend.add(new LegendItem("mean", Look.INK));
    return legend;
  }

  private static String alt(String title, List<RunDice> runs) {
    RunDice before = runs.get(0);
    return title
        + ": "
        + runs.stream()
            .skip(1)
            .map(after -> words(before, after))
            .collect(Collectors.joining("; "));
  }

  private static String words(RunDice before, RunDice after) {
    int[] both = both(before, after);
    long gained = IntStream.of(both).filter(i -> after.dice()[i] > before.dice()[i]).count();
    return String.format(
        Locale.ROOT,
        "from %s to %s %d of %d cases gain, mean %.3f to %.3f",
        before.label(),
        after.label(),
        gained,
        both.length,
        mean(before, both),
        mean(after, both));
  }
}
