package org.maskmine.dsl.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.Locale;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.renderer.xy.XYAreaRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;
import org.maskmine.data.HuHistogram;

/** How Hounsfield units are spread over the voxels of liver and lesions. */
public final class HuCurves {
  /** Finer steps show noise alone. */
  private static final int STEP_HU = 4;

  /** What lies beyond is rare and would squeeze the rest. */
  private static final double EDGE_PERCENT = 0.2;

  private HuCurves() {}

  /**
   * The share of each structure's voxels per 4 HU; both curves hold the same area.
   *
   * @param liver outside its lesions
   */
  public static Chart chart(String title, HuHistogram liver, HuHistogram lesion) {
    HuHistogram both = liver.plus(lesion);
    var data = new XYSeriesCollection();
    var renderer = new FilledCurves();
    if (both.total() > 0) {
      double first = Math.min(edge(liver, lesion, EDGE_PERCENT), edge(lesion, liver, EDGE_PERCENT));
      double high = 100 - EDGE_PERCENT;
      double last = Math.max(edge(liver, lesion, high), edge(lesion, liver, high));
      renderer.add(data, curve("liver", liver, first, last), Look.LIVER);
      renderer.add(data, curve("lesion", lesion, first, last), Look.LESION);
    }
    var plot = Axes.plot(data, axis("Hounsfield units"), axis("% of the voxels"), renderer);
    plot.setFixedLegendItems(legend());
    return new Chart(title, plot, 480, 300, alt(title, liver, lesion));
  }

  private static double edge(HuHistogram of, HuHistogram other, double percent) {
    return (of.total() == 0 ? other : of).percentile(percent);
  }

  private static XYSeries curve(String name, HuHistogram hu, double first, double last) {
    var series = new XYSeries(name);
    long total = Math.max(1, hu.total());
    for (int at = (int) first; at <= last; at += STEP_HU) {
      long voxels = 0;
      for (int unit = at; unit < at + STEP_HU; unit++) {
        voxels += hu.at(unit);
      }
      series.add(at + STEP_HU / 2.0, 100.0 * voxels / total);
    }
    return series;
  }

  private static NumberAxis axis(String label) {
    NumberAxis axis = Axes.numbers(label);
    axis.setAutoRangeIncludesZero(false);
    return axis;
  }

  private static LegendItemCollection legend() {
    var legend = new LegendItemCollection();
    legend.add(new LegendItem("liver", Look.LIVER));
    legend.add(new LegendItem("lesion", Look.LESION));
    return legend;
  }

  private static String alt(String title, HuHistogram liver, HuHistogram lesion) {
    return title + ": liver " + words(liver) + "; lesion " + words(lesion);
  }

  private static String words(HuHistogram hu) {
    return hu.total() == 0
        ? "without a voxel"
        : String.format(
            Locale.ROOT,
            "median %.0f HU, 0.5 %% below %.0f, 0.5 %% above %.0f",
            hu.percentile(50),
            hu.percentile(0.5),
            hu.percentile(99.5));
  }

  /** Lines with their area filled, so that overlap is seen. */
  private static final class FilledCurves extends XYAreaRenderer {
    private static final long serialVersionUID = 1L;
    private static final int OPACITY = 150;

    FilledCurves() {
      super(AREA);
      setOutline(true);
    }

    void add(XYSeriesCollection data, XYSeries series, Color color) {
      int i = data.getSeriesCount();
      data.addSeries(series);
      setSeriesPaint(i, new Color(color.getRed(), color.getGreen(), color.getBlue(), OPACITY));
      setSeriesOutlinePaint(i, color);
      setSeriesOutlineStroke(i, new BasicStroke(2));
    }
  }
}
