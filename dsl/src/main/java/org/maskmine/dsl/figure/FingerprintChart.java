package org.maskmine.dsl.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.geom.Line2D;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.category.DefaultCategoryDataset;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;
import org.maskmine.data.HuHistogram;

/** Hounsfield units of liver and lesions, and the lesions' diameters, part by part. */
final class FingerprintChart {
  private static final int BIN_HU = 5;
  private static final double[] ENDS_MM = {0, 5, 10, 15, 20, 30, Double.POSITIVE_INFINITY};
  private static final BasicStroke[] STROKES = {
    new BasicStroke(2.2f), dashed(7, 4), dashed(2, 3),
  };
  private static final Color[] GREYS = {
    new Color(0x333333), new Color(0x8A8A8A), new Color(0xCFCFCF)
  };

  private FingerprintChart() {}

  private static BasicStroke dashed(float on, float off) {
    return new BasicStroke(
        2.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {on, off}, 0);
  }

  static Column figure(String title, List<PartFacts> parts) {
    return new Column(List.of(units(title, parts), diameters(parts)));
  }

  private static Chart units(String title, List<PartFacts> parts) {
    var data = new XYSeriesCollection();
    var renderer = new XYLineAndShapeRenderer(true, false);
    var legend = new LegendItemCollection();
    legend.add(new LegendItem("liver", Look.LIVER));
    legend.add(new LegendItem("lesion", Look.LESION));
    for (int i = 0; i < parts.size(); i++) {
      line(data, renderer, parts.get(i), parts.get(i).liverHu(), Look.LIVER, i);
      line(data, renderer, parts.get(i), parts.get(i).lesionHu(), Look.LESION, i);
      var item = new LegendItem(parts.get(i).name(), Look.INK);
      item.setShape(new Line2D.Double(-12, 0, 12, 0));
      item.setShapeVisible(false);
      item.setLine(new Line2D.Double(-12, 0, 12, 0));
      item.setLineStroke(STROKES[i % STROKES.length]);
      item.setLinePaint(Look.INK);
      item.setLineVisible(true);
      legend.add(item);
    }
    NumberAxis hu = Axes.numbers("Hounsfield units");
    hu.setAutoRangeIncludesZero(false);
    hu.setAxisLineVisible(true);
    hu.setAxisLinePaint(Look.INK);
    NumberAxis share = Axes.numbers("voxels per " + BIN_HU + " HU, %");
    var plot = Axes.plot(data, hu, share, renderer);
    plot.setFixedLegendItems(legend);
    return new Chart(title, plot, 480, 280, alt(title, parts));
  }

  private static void line(
      XYSeriesCollection data,
      XYLineAndShapeRenderer renderer,
      PartFacts part,
      HuHistogram hu,
      Color color,
      int place) {
    int series = data.getSeriesCount();
    data.addSeries(series(part, hu, series));
    renderer.setSeriesPaint(series, color);
    renderer.setSeriesStroke(series, STROKES[place % STROKES.length]);
  }

  /** Between the half and the last half percent of the voxels. */
  private static XYSeries series(PartFacts part, HuHistogram hu, int number) {
    var series = new XYSeries(part.name() + " " + number);
    if (hu.total() == 0) {
      return series;
    }
    int first = Math.floorDiv((int) hu.percentile(0.5), BIN_HU) * BIN_HU;
    for (int low = first; low <= hu.percentile(99.5); low += BIN_HU) {
      long n = 0;
      for (int at = low; at < low + BIN_HU; at++) {
        n += hu.at(at);
      }
      series.add(low + BIN_HU / 2.0, 100.0 * n / hu.total());
    }
    return series;
  }

  private static Chart diameters(List<PartFacts> parts) {
    var data = new DefaultCategoryDataset();
    var renderer = new BarRenderer();
    renderer.setBarPainter(new StandardBarPainter());
    renderer.setShadowVisible(false);
    renderer.setItemMargin(0.04);
    var legend = new LegendItemCollection();
    for (int i = 0; i < parts.size(); i++) {
      PartFacts part = parts.get(i);
      renderer.setSeriesPaint(i, GREYS[i % GREYS.length]);
      String label = part.name() + ", n = " + part.diametersMm().length;
      legend.add(new LegendItem(label, GREYS[i % GREYS.length]));
      for (int k = 0; k + 1 < ENDS_MM.length; k++) {
        data.addValue(100 * share(part, ENDS_MM[k], ENDS_MM[k + 1]), part.name(), range(k));
      }
    }
    var plot = new CategoryPlot(data, Axes.categories(), Axes.numbers("lesions, %"), renderer);
    Axes.look(plot);
    plot.getDomainAxis().setLabel("diameter, mm");
    plot.getDomainAxis().setLabelFont(Look.font(13));
    plot.getDomainAxis().setLabelPaint(Look.INK);
    plot.setFixedLegendItems(legend);
    return new Chart("Lesions by diameter", plot, 480, 260, alt("Lesions by diameter", parts));
  }

  private static double share(PartFacts part, double fromMm, double toMm) {
    double[] all = part.diametersMm();
    long n = java.util.Arrays.stream(all).filter(d -> d >= fromMm && d < toMm).count();
    return all.length == 0 ? 0 : (double) n / all.length;
  }

  private static String range(int k) {
    if (Double.isInfinite(ENDS_MM[k + 1])) {
      return String.format(Locale.ROOT, "≥ %.0f", ENDS_MM[k]);
    }
    return k == 0
        ? String.format(Locale.ROOT, "< %.0f", ENDS_MM[1])
        : String.format(Locale.ROOT, "%.0f–%.0f", ENDS_MM[k], ENDS_MM[k + 1]);
  }

  private static String alt(String title, List<PartFacts> parts) {
    return title + ": " + parts.stream().map(PartFacts::words).collect(Collectors.joining("; "));
  }
}
