package org.maskmine.dsl.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.geom.Ellipse2D;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;
import org.maskmine.data.Structure;

/** Training loss above validation Dice, epoch by epoch. */
final class Curves {
  private Curves() {}

  static Chart chart(String title, List<Curve> curves) {
    var plot = new CombinedDomainXYPlot(epochs());
    plot.setGap(26);
    plot.add(panel(curves, "training loss", true), 1);
    plot.add(panel(curves, "validation Dice", false), 1);
    plot.setFixedLegendItems(legend(curves));
    return new Chart(title, plot, 480, 380, alt(title, curves));
  }

  private static NumberAxis epochs() {
    NumberAxis axis = Axes.numbers("epoch");
    axis.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
    axis.setAutoRangeIncludesZero(false);
    axis.setAxisLineVisible(true);
    axis.setAxisLinePaint(Look.INK);
    return axis;
  }

  private static XYPlot panel(List<Curve> curves, String label, boolean loss) {
    var series = new XYSeriesCollection();
    var renderer = new XYLineAndShapeRenderer(true, false);
    for (Curve curve : curves) {
      double[] values = loss ? curve.trainingLoss() : curve.validationDice();
      int line = series.getSeriesCount();
      series.addSeries(line(curve, values));
      renderer.setSeriesPaint(line, color(curve));
      renderer.setSeriesStroke(line, new BasicStroke(2.2f));
      series.addSeries(kept(curve, values));
      renderer.setSeriesPaint(line + 1, color(curve));
      renderer.setSeriesLinesVisible(line + 1, false);
      renderer.setSeriesShapesVisible(line + 1, true);
      renderer.setSeriesShape(line + 1, new Ellipse2D.Double(-4.5, -4.5, 9, 9));
    }
    NumberAxis range = Axes.numbers(label);
    if (!loss) {
      range.setRange(0, 1.02);
    }
    return Axes.plot(series, null, range, renderer);
  }

  private static XYSeries line(Curve curve, double[] values) {
    var series = new XYSeries(curve.structure().label());
    for (int i = 0; i < values.length; i++) {
      series.add(i + 1, values[i]);
    }
    return series;
  }

  private static XYSeries kept(Curve curve, double[] values) {
    var series = new XYSeries(curve.structure().label() + ", kept");
    series.add(curve.keptEpoch(), values[curve.keptEpoch() - 1]);
    return series;
  }

  private static Color color(Curve curve) {
    return curve.structure() == Structure.LIVER ? Look.LIVER : Look.LESION;
  }

  private static LegendItemCollection legend(List<Curve> curves) {
    var legend = new LegendItemCollection();
    for (Curve curve : curves) {
      legend.add(new LegendItem(curve.structure().label(), color(curve)));
    }
    var dot = new LegendItem("kept weights", Look.INK);
    dot.setShape(new Ellipse2D.Double(-4.5, -4.5, 9, 9));
    legend.add(dot);
    return legend;
  }

  private static String alt(String title, List<Curve> curves) {
    return title + ": " + curves.stream().map(Curves::words).collect(Collectors.joining("; "));
  }

  private static String words(Curve curve) {
    int kept = curve.keptEpoch();
    int last = curve.trainingLoss().length;
    return String.format(
        Locale.ROOT,
        "%s loss %.3f to %.3f in %d epochs, validation Dice %.3f in epoch %d, whose weights are"
            + " kept",
        curve.structure().label(),
        curve.trainingLoss()[0],
        curve.trainingLoss()[last - 1],
        last,
        curve.validationDice()[kept - 1],
        kept);
  }
}
