package org.maskmine.engine.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maskmine.engine.Batch;
import org.maskmine.engine.Device;
import org.maskmine.engine.Engine;
import org.maskmine.engine.Images;
import org.maskmine.engine.Loss;
import org.maskmine.engine.Network;
import org.maskmine.engine.Target;
import org.maskmine.network.Graph;
import org.maskmine.network.Node;
import org.maskmine.network.Weights;

/**
 * Oracle: the same network with further heads on every feature map, so that nothing can be computed
 * together with anything else.
 */
class FusionTest {
  private static final int CHANNELS = 3;
  private static final String HEAD = "logits";

  @ParameterizedTest
  @ValueSource(strings = {"1 1", "1 2", "2 3", "3 1", "4 5", "1 1 1", "2 1 3", "3 4 2", "4 3 5"})
  void folded_norms_predict_as_norms_do_up_to_every_edge(String sides) {
    int[] size = size(sides);
    Images images = images(2, size);
    float[] folded = logits(graph(size.length, false), images);
    float[] alone = logits(graph(size.length, true), images);
    for (int i = 0; i < folded.length; i++) {
      assertThat(folded[i]).as("logit %d", i).isCloseTo(alone[i], near(1e-4f));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"4 5", "3 4 2"})
  void residual_layers_in_one_convolution_have_the_gradients_of_their_parts(String sides) {
    int[] size = size(sides);
    Weights merged = gradient(graph(size.length, false), size);
    Weights alone = gradient(graph(size.length, true), size);
    merged
        .arrays()
        .forEach(
            (name, array) -> {
              for (int i = 0; i < array.values().length; i++) {
                assertThat(array.values()[i])
                    .as(name)
                    .isCloseTo(alone.get(name).values()[i], near(1e-4f));
              }
            });
  }

  @Test
  void a_step_changes_what_is_predicted_next() {
    int[] size = {4, 4};
    Graph graph = graph(2, false);
    try (Network network = open(graph)) {
      float[] before = logits(network, images(2, size));
      network.step(batch(size), Map.of(HEAD, new Loss.Focal(2)), 0.1);
      float[] after = logits(network, images(2, size));
      assertThat(after).isNotEqualTo(before);
      try (Network again =
          new TorchEngine().open(graph, network.weights(), settings(Engine.Precision.FP32))) {
        assertThat(logits(again, images(2, size))).isEqualTo(after);
      }
    }
  }

  private static Offset<Float> near(float offset) {
    return Offset.offset(offset);
  }

  private static int[] size(String sides) {
    return Arrays.stream(sides.split(" ")).mapToInt(Integer::parseInt).toArray();
  }

  /**
   * A norm after a convolution, then residual layers with and without a convolution of the skip.
   */
  private static Graph graph(int dimensions, boolean alone) {
    List<Node> nodes =
        new ArrayList<>(
            List.of(
                convolution("stem", Graph.IMAGE, CHANNELS, 4, 3),
                new Node.BatchNorm("stem.norm", "stem", 4),
                new Node.LeakyRelu("stem.act", "stem.norm", 0.05),
                new Node.BatchNorm("norm0", "stem.act", 4),
                convolution("conv0", "norm0", 4, 4, 3),
                new Node.Sum("sum0", List.of("conv0", "norm0")),
                new Node.LeakyRelu("act0", "sum0", 0.05),
                new Node.BatchNorm("norm1", "act0", 4),
                convolution("conv1", "norm1", 4, 5, 3),
                convolution("skip1", "norm1", 4, 5, 1),
                new Node.Sum("sum1", List.of("conv1", "skip1")),
                new Node.LeakyRelu("act1", "sum1", 0.05),
                convolution("head", "act1", 5, 2, 1)));
    Map<String, String> heads = new HashMap<>(Map.of(HEAD, "head"));
    if (alone) {
      for (Node node : List.copyOf(nodes)) {
        if (!node.name().equals("head")) {
          int channels = node.name().endsWith("1") && !node.name().startsWith("norm") ? 5 : 4;
          String extra = "extra." + node.name();
          nodes.add(convolution(extra, node.name(), channels, 2, 1));
          heads.put(extra, extra);
        }
      }
    }
    return new Graph(dimensions, CHANNELS, 1, nodes, heads);
  }

  private static Node convolution(String name, String input, int in, int out, int kernel) {
    return new Node.Convolution(name, input, in, out, kernel, 1, true);
  }

  /** The same numbers for the same array, whatever else the graph holds. */
  private static Weights weights(Graph graph) {
    Map<String, Weights.Array> arrays = new LinkedHashMap<>();
    graph
        .parameters()
        .forEach(
            p -> {
              var random = new Random(p.name().hashCode());
              float[] values = new float[p.size()];
              for (int i = 0; i < values.length; i++) {
                values[i] = (float) (p.mean() + 0.4 * random.nextDouble() - 0.1);
              }
              arrays.put(p.name(), new Weights.Array(p.shape(), values));
            });
    return new Weights(arrays);
  }

  private static Images images(int count, int[] size) {
    int pixels = Arrays.stream(size).reduce(1, (a, b) -> a * b);
    var random = new Random(1);
    float[] values = new float[count * CHANNELS * pixels];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    return new Images(count, CHANNELS, size, values);
  }

  private static Batch batch(int[] size) {
    Images images = images(2, size);
    byte[] membership = new byte[2 * images.pixels()];
    for (int i = 0; i < membership.length; i++) {
      membership[i] = (byte) (1 + i % 2);
    }
    return new Batch(images, Map.of(HEAD, new Target(2, membership, new float[membership.length])));
  }

  private static Engine.Settings settings(Engine.Precision precision) {
    return new Engine.Settings(precision, 0, Device.CPU);
  }

  private static Network open(Graph graph) {
    return new TorchEngine().open(graph, weights(graph), settings(Engine.Precision.FP32));
  }

  private static float[] logits(Graph graph, Images images) {
    try (Network network = open(graph)) {
      return logits(network, images);
    }
  }

  private static float[] logits(Network network, Images images) {
    return Objects.requireNonNull(network.predict(images).get(HEAD));
  }

  private static Weights gradient(Graph graph, int[] size) {
    try (Network network = open(graph)) {
      return network.gradient(batch(size), Map.of(HEAD, new Loss.Focal(2))).gradient();
    }
  }
}
