package org.maskmine.dsl.figure;

import java.awt.Color;
import java.awt.Paint;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.labels.CategoryItemLabelGenerator;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.CombinedDomainCategoryPlot;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.data.category.CategoryDataset;
import org.jfree.data.category.DefaultCategoryDataset;
import org.maskmine.scoring.Confusion;

/** Fig. 4: false positives, false negatives and true positives, each normalised to its highest. */
final class ErrorBars {
  private static final int WIDTH = 480;
  private static final int BAR_WIDTH = 34;
  private static final String RELATIVE = "relative to the group’s highest";

  /** What is counted. */
  private enum Count {
    FP("False positives"),
    FN("False negatives"),
    TP("True positives");

    private final String label;

    Count(String label) {
      this.label = label;
    }

    long of(Confusion counts) {
      return switch (this) {
        case FP -> counts.fp();
        case FN -> counts.fn();
        case TP -> counts.tp();
      };
    }
  }

  private ErrorBars() {}

  static Chart chart(String title, List<BarGroup> groups) {
    int most = groups.stream().mapToInt(g -> g.bars().size()).max().orElse(0);
    int width = Math.max(WIDTH, 70 + Count.values().length * (most + 1) * BAR_WIDTH);
    CategoryPlot plot = groups.size() == 1 ? plot(groups.get(0), RELATIVE) : combined(groups);
    plot.setFixedLegendItems(legend(groups));
    if (groups.size() == 1) {
      plot.setDomainAxis(Axes.categories());
      return new Chart(title, plot, width, 310, alt(title, groups));
    }
    String shown = title + ", " + RELATIVE;
    return new Chart(shown, plot, width, 120 + groups.size() * 150, alt(title, groups));
  }

  /** One below the other, each named at its axis, so that a column's width is enough. */
  private static CategoryPlot combined(List<BarGroup> groups) {
    var combined = new CombinedDomainCategoryPlot(Axes.categories());
    combined.setGap(14);
    groups.forEach(g -> combined.add(plot(g, g.label()), 1));
    return combined;
  }

  private static CategoryPlot plot(BarGroup group, String axisLabel) {
    NumberAxis axis = Axes.numbers(axisLabel);
    axis.setRange(0, 1.16);
    axis.setTickUnit(new NumberTickUnit(0.25));
    var plot = new CategoryPlot(dataset(group), null, axis, renderer(group));
    Axes.look(plot);
    return plot;
  }

  private static CategoryDataset dataset(BarGroup group) {
    var dataset = new DefaultCategoryDataset();
    for (Count count : Count.values()) {
      long highest = group.bars().stream().mapToLong(b -> count.of(b.counts())).max().orElse(0);
      for (Bar bar : group.bars()) {
        double share = highest == 0 ? 0 : (double) count.of(bar.counts()) / highest;
        dataset.addValue(share, bar.label(), count.label);
      }
    }
    return dataset;
  }

  private static BarRenderer renderer(BarGroup group) {
    var renderer = new BarRenderer();
    renderer.setBarPainter(new StandardBarPainter());
    renderer.setShadowVisible(false);
    renderer.setItemMargin(0.04);
    renderer.setMaximumBarWidth(0.09);
    List<Paint> paints = paints(group);
    for (int i = 0; i < paints.size(); i++) {
      renderer.setSeriesPaint(i, paints.get(i));
    }
    renderer.setDefaultItemLabelGenerator(new VoxelCounts(group));
    renderer.setDefaultItemLabelsVisible(true);
    renderer.setDefaultItemLabelFont(Look.font(12));
    renderer.setDefaultItemLabelPaint(Look.INK);
    return renderer;
  }

  /** A role's colour; where a role repeats, lighter from one to the next. */
  private static List<Paint> paints(BarGroup group) {
    Map<Bar.Role, Integer> seen = new EnumMap<>(Bar.Role.class);
    List<Paint> paints = new ArrayList<>();
    for (Bar bar : group.bars()) {
      int before = seen.merge(bar.role(), 1, Integer::sum) - 1;
      paints.add(lighter(bar.role().color(), before));
    }
    return paints;
  }

  private static Color lighter(Color color, int steps) {
    double keep = Math.pow(0.6, steps);
    return new Color(
        (int) (255 - keep * (255 - color.getRed())),
        (int) (255 - keep * (255 - color.getGreen())),
        (int) (255 - keep * (255 - color.getBlue())));
  }

  private static LegendItemCollection legend(List<BarGroup> groups) {
    Map<String, Paint> items = new LinkedHashMap<>();
    for (BarGroup group : groups) {
      List<Paint> paints = paints(group);
      for (int i = 0; i < paints.size(); i++) {
        items.putIfAbsent(group.bars().get(i).label(), paints.get(i));
      }
    }
    var legend = new LegendItemCollection();
    items.forEach((label, paint) -> legend.add(new LegendItem(label, paint)));
    return legend;
  }

  private static String alt(String title, List<BarGroup> groups) {
    return title
        + ": "
        + groups.stream()
            .flatMap(g -> g.bars().stream().map(b -> name(g, b, groups.size()) + words(b.counts())))
            .collect(Collectors.joining("; "));
  }

  private static String name(BarGroup group, Bar bar, int groups) {
    return groups == 1 ? bar.label() : group.label() + " " + bar.label();
  }

  private static String words(Confusion c) {
    return String.format(Locale.ROOT, " FP %,d, FN %,d, TP %,d", c.fp(), c.fn(), c.tp());
  }

  /** Voxel counts above the bars, in at most five characters. */
  private static final class VoxelCounts implements CategoryItemLabelGenerator {
    private final Map<String, Bar> bars = new HashMap<>();

    VoxelCounts(BarGroup group) {
      group.bars().forEach(b -> bars.put(b.label(), b));
    }

    @Override
    public String generateRowLabel(CategoryDataset dataset, int row) {
      return dataset.getRowKey(row).toString();
    }

    @Override
    public String generateColumnLabel(CategoryDataset dataset, int column) {
      return dataset.getColumnKey(column).toString();
    }

    @Override
    public String generateLabel(CategoryDataset dataset, int row, int column) {
      Bar bar = bars.get(generateRowLabel(dataset, row));
      return bar == null ? "" : shortened(Count.values()[column].of(bar.counts()));
    }

    private static String shortened(long count) {
      if (count < 10_000) {
        return Long.toString(count);
      }
      String unit = count < 1_000_000 ? "k" : "M";
      double value = count / (count < 1_000_000 ? 1e3 : 1e6);
      return String.format(Locale.ROOT, value < 99.95 ? "%.1f" : "%.0f", value) + unit;
    }
  }
}
