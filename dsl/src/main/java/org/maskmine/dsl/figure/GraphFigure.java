package org.maskmine.dsl.figure;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.maskmine.dsl.view.Figure;
import org.maskmine.network.Block;
import org.maskmine.network.Graph;

/**
 * Any network drawn by its blocks: from left to right as they are computed, one row down for each
 * halving of the image, blocks that are computed side by side below one another.
 */
final class GraphFigure implements Figure {
  private static final int TOP = 46;
  private static final int LEFT = 10;
  private static final int BOX_W = 84;
  private static final int BOX_H = 44;
  private static final int STEP_X = BOX_W + 30;
  private static final int STEP_Y = BOX_H + 22;
  private static final int LEAST_WIDTH = 320;
  private static final Color BLOCK = new Color(0xDCE9F2);
  private static final Color HEAD = new Color(0xF6DDB0);

  private final String title;
  private final Graph graph;
  private final List<Block> blocks;
  private final Map<String, Place> places = new LinkedHashMap<>();
  private final int columns;
  private final int rows;

  /** Where a box lies, counted in boxes. */
  private record Place(int column, int row) {
    double x() {
      return LEFT + column * STEP_X;
    }

    double y() {
      return TOP + row * STEP_Y;
    }
  }

  GraphFigure(String title, Graph graph) {
    this.title = title;
    this.graph = graph;
    this.blocks = graph.blocks();
    this.columns = 1 + blocks.stream().mapToInt(Block::column).max().orElse(0);
    this.rows = place();
  }

  /** Gives every block its place; returns how many rows that takes. */
  private int place() {
    places.put(Graph.IMAGE, new Place(0, 0));
    int row = 0;
    for (int halvings = 0; halvings < graph.levels(); halvings++) {
      Map<Integer, Integer> inColumn = new LinkedHashMap<>();
      for (Block block : blocks) {
        if (block.halvings() == halvings) {
          int above = inColumn.merge(block.column(), 1, Integer::sum) - 1;
          places.put(block.name(), new Place(block.column(), row + above));
        }
      }
      row += inColumn.values().stream().mapToInt(n -> n).max().orElse(1);
    }
    return row;
  }

  @Override
  public int width() {
    return Math.max(LEAST_WIDTH, 2 * LEFT + columns * STEP_X - (STEP_X - BOX_W));
  }

  @Override
  public int height() {
    return TOP + rows * STEP_Y + 24;
  }

  @Override
  public String alt() {
    return title
        + ": "
        + words()
        + "; "
        + blocks.stream()
            .map(b -> b.name() + " reads " + String.join(" and ", b.inputs()))
            .collect(Collectors.joining("; "));
  }

  private String words() {
    return String.format(
        Locale.ROOT,
        "%dD graph, %d nodes, %,d parameters",
        graph.dimensions(),
        graph.nodes().size(),
        graph.trainedNumbers());
  }

  @Override
  public void draw(Graphics2D g) {
    g.setPaint(Look.GROUND);
    g.fill(new Rectangle2D.Double(0, 0, width(), height()));
    var sketch = new Sketch(g);
    sketch.words(LEFT, 25, Look.bold(15), title);
    blocks.forEach(block -> block.inputs().forEach(input -> arrow(sketch, input, block.name())));
    String channels = graph.channels() == 1 ? "CT" : graph.channels() + " CT";
    box(sketch, Graph.IMAGE, Color.WHITE, "image", channels);
    for (Block block : blocks) {
      boolean head = graph.heads().values().stream().anyMatch(n -> isIn(n, block));
      box(
          sketch,
          block.name(),
          head ? HEAD : BLOCK,
          block.name(),
          block.channels() + (block.channels() == 1 ? " channel" : " channels"));
    }
    sketch.words(LEFT, height() - 10, Look.font(13), words());
  }

  private Place placeOf(String block) {
    return Objects.requireNonNull(places.get(block));
  }

  private static boolean isIn(String node, Block block) {
    return node.equals(block.name()) || node.startsWith(block.name() + ".");
  }

  private void box(Sketch sketch, String name, Color fill, String... lines) {
    Place place = placeOf(name);
    sketch.box(place.x(), place.y(), BOX_W, BOX_H, fill, lines);
  }

  /** Between neighbours a line; further on, dashed and below the boxes that it passes. */
  private void arrow(Sketch sketch, String from, String to) {
    Place a = placeOf(from);
    Place b = placeOf(to);
    if (b.column() == a.column() + 1) {
      sketch.arrow(a.x() + BOX_W, a.y() + BOX_H / 2.0, b.x(), b.y() + BOX_H / 2.0);
      return;
    }
    double lane = Math.max(a.y(), b.y()) + BOX_H + 11;
    double start = a.x() + BOX_W / 2.0;
    double end = b.x() + BOX_W / 2.0;
    sketch.dashedPath(start, a.y() + BOX_H, start, lane, end, lane);
    sketch.dashed(end, lane, end, b.y() + BOX_H);
  }
}
