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
  private final List<Node> nodes = new ArrayList<>();

  UNetDrawing(UNet net) {
    this.net = net;
  }

  Graph draw(String head) {
    String x = stem();
    List<String> skips = new ArrayList<>();
    for (int level = 0; level < net.levels(); level++) {
      if (level > 0) {
        x = down("down" + (level - 1), x, channels(level - 1));
      }
      x = block("enc" + level, x, level == 0 ? net.base() : channels(level - 1), channels(level));
      skips.add(x);
    }
    for (int level = net.levels() - 2; level >= 0; level--) {
      String up = add(new Node.Upsampling("up" + level, x, channels(level + 1), channels(level)));
      String both = add(new Node.Concatenation("cat" + level, List.of(up, skips.get(level))));
      x = block("dec" + level, both, 2 * channels(level), channels(level));
    }
    String logits = add(convolution("head." + head, x, channels(0), 2, 1));
    return new Graph(net.dimensions(), net.slices(), net.levels(), nodes, Map.of(head, logits));
  }

  private int channels(int level) {
    return net.base() << (level + 1);
  }

  private String stem() {
    String x = add(convolution("stem.conv", Graph.IMAGE, net.slices(), net.base(), 3));
    return activation("stem.act", norm("stem.norm", x, net.base()));
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
