package org.maskmine.engine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.maskmine.network.Connectivity;
import org.maskmine.network.Downsampling;
import org.maskmine.network.Graph;
import org.maskmine.network.Node;
import org.maskmine.network.Norm;
import org.maskmine.network.Safetensors;
import org.maskmine.network.UNet;
import org.maskmine.network.Weights;

/**
 * Training steps that PyTorch did in double precision, stored by {@code
 * src/test/python/make_steps.py}.
 *
 * @param losses per head the loss it was trained with; heads without one were not trained
 */
public record StoredStep(String name, Graph graph, Map<String, String> losses) {
  private static final String FOLDER = "steps/";

  private static final UNet SMALL_2D = UNet.twoD().base(2).levels(2);
  private static final UNet SMALL_3D = UNet.threeD().base(2).levels(2);

  static List<StoredStep> all() {
    Graph plain = SMALL_2D.squeezeExcitation(false).graph("liver");
    return List.of(
        new StoredStep("2d-residual", SMALL_2D.graph("lesion"), Map.of("lesion", "combined")),
        new StoredStep(
            "2d-basic", withErrors(plain, "dec0.act1"), Map.of("errors", "dice_sigmoid_image")),
        new StoredStep(
            "2d-dense-maxpool",
            SMALL_2D.blocks(Connectivity.DENSE).down(Downsampling.MAX_POOLING).graph("liver"),
            Map.of("liver", "pwce")),
        new StoredStep("3d-residual", SMALL_3D.graph("lesion"), Map.of("lesion", "focal")),
        new StoredStep(
            "3d-basic-maxpool",
            SMALL_3D
                .blocks(Connectivity.BASIC)
                .norm(Norm.BATCH)
                .down(Downsampling.MAX_POOLING)
                .graph("lesion"),
            Map.of("lesion", "dice_softmax_batch")),
        new StoredStep("2d-combined", combined(), Map.of("liver", "pwce", "lesion", "tversky")));
  }

  /** A second head of four outputs on a feature map of four channels. */
  private static Graph withErrors(Graph graph, String features) {
    Node head = new Node.Convolution("head.errors", features, 4, 4, 1, 1, true);
    Map<String, String> heads = new HashMap<>(graph.heads());
    heads.put("errors", head.name());
    List<Node> nodes = Stream.concat(graph.nodes().stream(), Stream.of(head)).toList();
    return new Graph(graph.dimensions(), graph.channels(), graph.levels(), nodes, heads);
  }

  /** A liver part, and a lesion part that sees the image and the liver's probability. */
  private static Graph combined() {
    return new Graph(
        2,
        3,
        1,
        List.of(
            new Node.Convolution("a", Graph.IMAGE, 3, 4, 3, 1, false),
            new Node.GroupNorm("a.norm", "a", 4, 2),
            new Node.LeakyRelu("a.act", "a.norm", 0.05),
            new Node.Convolution("liver", "a.act", 4, 2, 1, 1, true),
            new Node.ForegroundProbability("p", "liver"),
            new Node.Concatenation("seen", List.of(Graph.IMAGE, "p")),
            new Node.Convolution("b", "seen", 4, 4, 5, 1, true),
            new Node.Sum("b.sum", List.of("b", "a.act", "seen")),
            new Node.LeakyRelu("b.act", "b.sum", 0.05),
            new Node.Convolution("lesion", "b.act", 4, 2, 1, 1, true)),
        Map.of("liver", "liver", "lesion", "lesion"));
  }

  /** What the script reads: heads in the first line, then one node per line. */
  String description() {
    Stream<String> heads =
        graph.heads().entrySet().stream()
            .map(
                h ->
                    h.getKey()
                        + "="
                        + h.getValue()
                        + "="
                        + losses.getOrDefault(h.getKey(), "untrained"))
            .sorted();
    Stream<String> nodes = graph.nodes().stream().map(Node::toString);
    return String.join(" ", heads.toList()) + "\n" + String.join("\n", nodes.toList()) + "\n";
  }

  String storedDescription() throws IOException {
    return new String(resource(name + ".graph"), StandardCharsets.UTF_8);
  }

  Weights stored() throws IOException {
    Path copy = Files.createTempFile(name, ".safetensors");
    try {
      Files.write(copy, resource(name + ".safetensors"));
      return Safetensors.read(copy).weights();
    } finally {
      Files.delete(copy);
    }
  }

  private static byte[] resource(String file) throws IOException {
    try (InputStream in = StoredStep.class.getResourceAsStream(FOLDER + file)) {
      return Objects.requireNonNull(in, file).readAllBytes();
    }
  }

  /** The arrays behind a prefix, by the names that follow it. */
  static Weights part(Weights all, String prefix) {
    Map<String, Weights.Array> part = new LinkedHashMap<>();
    all.arrays()
        .forEach(
            (name, array) -> {
              if (name.startsWith(prefix)) {
                part.put(name.substring(prefix.length()), array);
              }
            });
    return new Weights(part);
  }

  Images images() throws IOException {
    Weights.Array image = stored().get("image");
    int[] size = Arrays.copyOfRange(image.shape(), 2, image.shape().length);
    return new Images(image.shape()[0], image.shape()[1], size, image.values());
  }

  Batch batch() throws IOException {
    Map<String, Target> targets = new HashMap<>();
    for (String head : losses.keySet()) {
      float[] members = stored().get("members." + head).values();
      byte[] bits = new byte[members.length];
      for (int i = 0; i < bits.length; i++) {
        bits[i] = (byte) members[i];
      }
      float[] weights = stored().get("pixel_weights." + head).values();
      targets.put(head, new Target(graph.classes(head), bits, weights));
    }
    return new Batch(images(), targets);
  }

  /** The losses as values. */
  Map<String, Loss> lossValues() {
    Map<String, Loss> values = new HashMap<>();
    losses.forEach((head, loss) -> values.put(head, value(loss)));
    return values;
  }

  private static Loss value(String loss) {
    return switch (loss) {
      case "pwce" -> new Loss.PixelWeightedCrossEntropy(2.5);
      case "combined" -> new Loss.Combined(2.5, 1e-5);
      case "dice_sigmoid_image" ->
          new Loss.SoftDice(Loss.Activation.SIGMOID, Loss.Reduction.IMAGE, 1e-5);
      case "dice_softmax_batch" ->
          new Loss.SoftDice(Loss.Activation.SOFTMAX, Loss.Reduction.BATCH, 1e-5);
      case "tversky" -> new Loss.Tversky(0.3, 0.7, 1e-5);
      case "focal" -> new Loss.Focal(2);
      default -> throw new IllegalArgumentException(loss);
    };
  }

  @Override
  public String toString() {
    return name;
  }

  /** Writes the descriptions anew into a folder, before the script is run. */
  public static void main(String[] args) throws IOException {
    for (StoredStep step : all()) {
      Files.writeString(Path.of(args[0], step.name + ".graph"), step.description());
    }
  }
}
