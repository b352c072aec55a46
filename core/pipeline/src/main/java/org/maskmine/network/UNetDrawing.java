package org.maskmine.network;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Draws a {@link UNet} node by node; {@code String}s are names of feature maps. */
final class UNetDrawing {
  private static final int LAYERS_PER_BLOCK = 2;
  private static final double SLOPE = 0.05;

  private final UNet net;
  private final String prefix;
  private final List<Node> nodes = new ArrayList<>();

  /**
   * @param prefix of every node's name but the head's
   */
  private UNetDrawing(UNet net, String prefix) {
    this.net = net;
    this.prefix = prefix;
  }

  static Graph draw(UNet net, String head) {
    var drawing = new UNetDrawing(net, "");
    String logits = drawing.draw(head, Graph.IMAGE, net.slices());
    return new Graph(
        net.dimensions(), net.slices(), net.levels(), drawing.nodes, Map.of(head, logits));
  }

  /** The second part sees the image and the foreground's probability of the first. */
  static Graph combined(UNet first, String firstHead, UNet second, String secondHead) {
    var before = new UNetDrawing(first, firstHead + "_");
    String firstLogits = before.draw(firstHead, Graph.IMAGE, first.slices());
    List<Node> nodes = new ArrayList<>(before.nodes);
    nodes.add(new Node.ForegroundProbability(firstHead + "_probability", firstLogits));
    nodes.add(
        new Node.Concatenation(
            secondHead + "_input", List.of(Graph.IMAGE, firstHead + "_probability")));
    var after = new UNetDrawing(second, secondHead + "_");
    String secondLogits = after.draw(secondHead, secondHead + "_input", second.slices() + 1);
    nodes.addAll(after.nodes);
    return new Graph(
        first.dimensions(),
        first.slices(),
        Math.max(first.levels(), second.levels()),
        nodes,
        Map.of(firstHead, firstLogits, secondHead, secondLogits));
  }

  private String draw(String head, String image, int imageChannels) {
    String x = stem(image, imageChannels);
    List<String> skips = new ArrayList<>();
    for (int level = 0; level < net.levels(); level++) {
      if (level > 0) {
        x = down(prefix + "down" + (level - 1), x, channels(level - 1));
      }
      x =
          block(
              prefix + "enc" + level,
              x,
              level == 0 ? net.base() : channels(level - 1),
              channels(level));
      skips.add(x);
    }
    for (int level = net.levels() - 2; level >= 0; level--) {
      String up =
          add(new Node.Upsampling(prefix + "up" + level, x, channels(level + 1), channels(level)));
      String both =
          add(new Node.Concatenation(prefix + "cat" + level, List.of(up, skips.get(level))));
      x = block(prefix + "dec" + level, both, 2 * channels(level), channels(level));
    }
    return add(convolution("head." + head, x, channels(0), 2, 1));
  }

  private int channels(int level) {
    return net.base() << (level + 1);
  }

  private String stem(String image, int imageChannels) {
    String x = add(convolution(prefix + "stem.conv", image, imageChannels, net.base(), 3));
    return activation(prefix + "stem.act", norm(prefix + "stem.norm", x, net.base()));
  }

  private String down(String name, String x, int channels) {
    return net.down() == Downsampling.STRIDED
        ? add(new Node.Convolution(name, x, channels, channels, 3, 2, true))
        : add(new Node.MaxPooling(name, x));
  }

  private String block(String name, String input, int in, int out) {
    List<String> seen = new ArrayList<>(List.of(input));
    int channels = in;
    String x = input;
    for (int i = 0; i < LAYERS_PER_BLOCK; i++) {
      x = layer(name, i, x, channels, out);
      seen.add(x);
      boolean last = i == LAYERS_PER_BLOCK - 1;
      channels = out;
      if (net.blocks() == Connectivity.DENSE && !last) {
        x = add(new Node.Concatenation(name + ".cat" + i, seen));
        channels = in + (i + 1) * out;
      }
    }
    return net.squeezeExcitation()
        ? add(new Node.SqueezeExcitation(name + ".se", x, out, Math.max(1, out / 2)))
        : x;
  }

  private String layer(String block, int i, String x, int in, int out) {
    String normed = norm(block + ".norm" + i, x, in);
    String y = add(convolution(block + ".conv" + i, normed, in, out, 3));
    if (net.blocks() == Connectivity.RESIDUAL) {
      String carried =
          in == out ? normed : add(convolution(block + ".skip" + i, normed, in, out, 1));
      y = add(new Node.Sum(block + ".sum" + i, List.of(y, carried)));
    }
    return activation(block + ".act" + i, y);
  }

  private String norm(String name, String x, int channels) {
    return net.norm() == Norm.BATCH
        ? add(new Node.BatchNorm(name, x, channels))
        : add(new Node.GroupNorm(name, x, channels, groups(channels)));
  }

  /** Twice the base where it divides the channels, else the largest divisor that both have. */
  private int groups(int channels) {
    return BigInteger.valueOf(channels).gcd(BigInteger.valueOf(2L * net.base())).intValue();
  }

  private String activation(String name, String x) {
    return add(new Node.LeakyRelu(name, x, SLOPE));
  }

  private static Node convolution(String name, String x, int in, int out, int kernel) {
    return new Node.Convolution(name, x, in, out, kernel, 1, true);
  }

  private String add(Node node) {
    nodes.add(node);
    return node.name();
  }
}
