package org.maskmine.dsl.figure;

import java.awt.BasicStroke;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.labels.CategoryItemLabelGenerator;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.data.category.CategoryDataset;
import org.jfree.data.category.DefaultCategoryDataset;
import org.jspecify.annotations.Nullable;
import org.maskmine.scoring.Lesion;

/** The share of the lesions of each size class that a run finds. */
final class LesionSizes {
  /** Ends of the size classes, in millimetres. */
  private static final double[] ENDS = {0, 5, 10, 20, Double.POSITIVE_INFINITY};

  private LesionSizes() {}

  static Chart chart(String title, List<RunLesions> runs) {
    var data = new DefaultCategoryDataset();
    var renderer = new BarRenderer();
    renderer.setBarPainter(new StandardBarPainter());
    renderer.setShadowVisible(false);
    renderer.setItemMargin(0.04);
    renderer.setDefaultOutlineStroke(new BasicStroke(0));
    renderer.setDefaultItemLabelGenerator(new FoundCounts(runs));
    renderer.setDefaultItemLabelsVisible(true);
    renderer.setDefaultItemLabelFont(Look.font(12));
    renderer.setDefaultItemLabelPaint(Look.INK);
    var legend = new LegendItemCollection();
    List<SizeClass> classes = classes(runs);
    for (int i = 0; i < runs.size(); i++) {
      RunLesions run = runs.get(i);
      renderer.setSeriesPaint(i, run.role().color());
      legend.add(new LegendItem(run.label(), run.role().color()));
      for (SizeClass size : classes) {
        data.addValue(size.share(run), run.label(), size.label(runs));
      }
    }
    NumberAxis share = Axes.shares("share and number found");
    share.setRange(0, 1.16);
    var plot = new CategoryPlot(data, Axes.categories(), share, renderer);
    plot.getDomainAxis().setLabel("diameter of a true lesion");
    plot.getDomainAxis().setLabelFont(Look.font(13));
    plot.getDomainAxis().setLabelPaint(Look.INK);
    Axes.look(plot);
    plot.setFixedLegendItems(legend);
    return new Chart(title, plot, 480, 320, alt(title, runs));
  }

  /** Size classes that hold a lesion. */
  private static List<SizeClass> classes(List<RunLesions> runs) {
    List<SizeClass> classes = new ArrayList<>();
    for (int k = 0; k + 1 < ENDS.length; k++) {
      var size = new SizeClass(ENDS[k], ENDS[k + 1]);
      if (runs.stream().anyMatch(r -> !size.of(r).isEmpty())) {
        classes.add(size);
      }
    }
    return classes;
  }

  private record SizeClass(double fromMm, double toMm) {
    List<Lesion> of(RunLesions run) {
      return run.lesions().stream()
          .filter(l -> l.diameterMm() >= fromMm && l.diameterMm() < toMm)
          .toList();
    }

    long found(RunLesions run) {
      return of(run).stream().filter(l -> l.matched(0)).count();
    }

    /** Null where there is none to be found, which draws no bar. */
    @Nullable Double share(RunLesions run) {
      return of(run).isEmpty() ? null : (double) found(run) / of(run).size();
    }

    String range() {
      if (fromMm == 0) {
        return String.format(Locale.ROOT, "under %.0f mm", toMm);
      }
      return Double.isInfinite(toMm)
          ? String.format(Locale.ROOT, "from %.0f mm", fromMm)
          : String.format(Locale.ROOT, "%.0f–%.0f mm", fromMm, toMm);
    }

    /** With how many lesions there are: of groups with different seeds, from the least. */
    String label(List<RunLesions> runs) {
      var n = runs.stream().mapToInt(r -> of(r).size()).summaryStatistics();
      String many = n.getMin() == n.getMax() ? "" : "–" + n.getMax();
      // spaces that do not break
      return (range() + ",").replace(' ', '\u00A0') + " n\u00A0=\u00A0" + n.getMin() + many;
    }
  }

  /** How many lesions were found, above the bars, so that a bar of none is seen as well. */
  private static final class FoundCounts implements CategoryItemLabelGenerator {
    private final List<RunLesions> runs;
    private final List<SizeClass> classes;

    FoundCounts(List<RunLesions> runs) {
      this.runs = runs;
      this.classes = classes(runs);
    }

    @Override
    public String generateRowLabel(CategoryDataset dataset, int row) {
      return runs.get(row).label();
    }

    @Override
    public String generateColumnLabel(CategoryDataset dataset, int column) {
      return classes.get(column).label(runs);
    }

    @Override
    public String generateLabel(CategoryDataset dataset, int row, int column) {
      return Long.toString(classes.get(column).found(runs.get(row)));
    }
  }

  private static String alt(String title, List<RunLesions> runs) {
    List<SizeClass> classes = classes(runs);
    return title
        + ": "
        + runs.stream()
            .map(
                r ->
                    r.label()
                        + " finds "
                        + classes.stream()
                            .map(c -> c.found(r) + " of " + c.of(r).size() + " " + c.range())
                            .collect(Collectors.joining(", ")))
            .collect(Collectors.joining("; "));
  }
}
