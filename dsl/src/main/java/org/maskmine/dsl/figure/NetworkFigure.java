package org.maskmine.dsl.figure;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.Locale;
import org.maskmine.dsl.view.Figure;
import org.maskmine.network.Connectivity;
import org.maskmine.network.Downsampling;
import org.maskmine.network.Norm;
import org.maskmine.network.UNet;

/**
 * A U-Net drawn as the paper's Fig. 3C: blocks with their channels, down at the left, up at the
 * right.
 */
final class NetworkFigure implements Figure {
  private static final int WIDTH = 480;
  private static final int TOP = 46;
  private static final int STEP_Y = 48;
  private static final int BOX_W = 50;
  private static final int BOX_H = 28;
  private static final int HEAD_W = 78;
  private static final Color BLOCK = new Color(0xDCE9F2);
  private static final Color HEAD = new Color(0xF6DDB0);

  private final String title;
  private final UNet net;
  private final int outputs;
  private final boolean afterLiver;

  NetworkFigure(String title, UNet net, int outputs, boolean afterLiver) {
    this.title = title;
    this.net = net;
    this.outputs = outputs;
    this.afterLiver = afterLiver;
  }

  @Override
  public int width() {
    return WIDTH;
  }

  @Override
  public int height() {
    return TOP + net.levels() * STEP_Y + 13 + 17 * words().length;
  }

  private int channels(int level) {
    return net.base() << (level + 1);
  }

  private long parameters() {
    var graph = net.graph("head");
    long own =
        (outputs == 2 ? graph : graph.withHead("head", outputs))
            .parameters().stream()
                .mapToLong(
                    p ->
                        java.util.stream.IntStream.of(p.shape())
                            .asLongStream()
                            .reduce(1, (a, b) -> a * b))
                .sum();
    long taps = net.dimensions() == 2 ? 9 : 27;
    return afterLiver ? own + taps * net.base() : own;
  }

  @Override
  public String alt() {
    return title + ": " + String.join("; ", words());
  }

  private String[] words() {
    String kernel = net.dimensions() == 2 ? "3×3" : "3×3×3";
    String shape =
        String.format(
            Locale.ROOT,
            "%dD U-Net, %d levels, %d to %d channels, %,d parameters",
            net.dimensions(),
            net.levels(),
            channels(0),
            channels(net.levels() - 1),
            parameters());
    String block =
        String.format(
            "block: 2 × (%s norm, conv %s, LeakyReLU 0.05), %s%s",
            net.norm() == Norm.BATCH ? "batch" : "group",
            kernel,
            net.blocks() == Connectivity.BASIC
                ? "basic"
                : net.blocks().name().toLowerCase(Locale.ROOT),
            net.squeezeExcitation() ? ", SE" : "");
    String moves =
        "down: "
            + (net.down() == Downsampling.STRIDED ? "conv, stride 2" : "max pooling")
            + "; up: transposed conv 4, stride 2; dashed: concatenation";
    return afterLiver
        ? new String[] {shape, block, moves, "p: the liver network's probability, as a channel"}
        : new String[] {shape, block, moves};
  }

  @Override
  public void draw(Graphics2D g) {
    g.setPaint(Look.GROUND);
    g.fill(new Rectangle2D.Double(0, 0, width(), height()));
    var sketch = new Sketch(g);
    sketch.words(10, 25, Look.bold(15), title);
    int image = afterLiver ? 66 : 46;
    double dx =
        Math.min(
            46, (WIDTH - 40.0 - image - HEAD_W - 3 * BOX_W) / 2 / Math.max(1, net.levels() - 1));
    int last = net.levels() - 1;
    for (int level = 0; level <= last; level++) {
      double y = TOP + level * STEP_Y;
      double left = 10 + image + 16 + level * dx;
      double right = WIDTH - 10 - HEAD_W - 16 - BOX_W - level * dx;
      String channels = Integer.toString(channels(level));
      if (level == last) {
        double middle = (left + right) / 2;
        sketch.box(middle, y, BOX_W, BOX_H, BLOCK, channels);
        if (level > 0) {
          sketch.arrow(left - dx + BOX_W / 2.0, y - STEP_Y + BOX_H, middle + 6, y);
          sketch.arrow(middle + BOX_W - 6, y, right + dx + BOX_W / 2.0, y - STEP_Y + BOX_H);
        }
        continue;
      }
      sketch.box(left, y, BOX_W, BOX_H, BLOCK, channels);
      sketch.box(right, y, BOX_W, BOX_H, BLOCK, channels);
      sketch.dashed(left + BOX_W, y + BOX_H / 2.0, right, y + BOX_H / 2.0);
      if (level + 1 < last) {
        sketch.arrow(left + BOX_W / 2.0, y + BOX_H, left + BOX_W / 2.0 + dx, y + STEP_Y);
        sketch.arrow(right + BOX_W / 2.0 - dx, y + STEP_Y, right + BOX_W / 2.0, y + BOX_H);
      }
    }
    ends(
        sketch,
        image,
        last == 0 ? (WIDTH - 10.0 - HEAD_W - 16 + 10 + image + 16 - BOX_W) / 2 : 10 + image + 16);
    String[] lines = words();
    for (int i = 0; i < lines.length; i++) {
      sketch.words(10, height() - 10 + 17 * (i + 1 - lines.length), Look.font(13), lines[i]);
    }
  }

  /** The image before the first block and the head behind the last. */
  private void ends(Sketch sketch, int image, double firstBlock) {
    double middle = TOP + BOX_H / 2.0;
    String in = net.slices() == 1 ? "CT" : net.slices() + " CT";
    sketch.box(10, TOP, image, BOX_H, Color.WHITE, afterLiver ? in + " + p" : in);
    sketch.arrow(10 + image, middle, firstBlock, middle);
    double head = WIDTH - 10.0 - HEAD_W;
    double lastBlock = net.levels() == 1 ? firstBlock + BOX_W : head - 16;
    sketch.arrow(lastBlock, middle, head, middle);
    if (outputs == 4) {
      sketch.box(head, TOP, HEAD_W, 2 * BOX_H, HEAD, "1×1 conv", "TN FP", "FN TP");
    } else {
      sketch.box(head, TOP, HEAD_W, BOX_H, HEAD, "1×1 conv, " + outputs);
    }
  }
}
