package org.maskmine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.maskmine.engine.Batch;
import org.maskmine.engine.Device;
import org.maskmine.engine.Engine;
import org.maskmine.engine.Engines;
import org.maskmine.engine.Images;
import org.maskmine.engine.Loss;
import org.maskmine.engine.Network;
import org.maskmine.engine.Target;
import org.maskmine.mining.ErrorHead;
import org.maskmine.network.Connectivity;
import org.maskmine.network.Downsampling;
import org.maskmine.network.Graph;
import org.maskmine.network.InitialWeights;
import org.maskmine.network.Norm;
import org.maskmine.network.Safetensors;
import org.maskmine.network.UNet;
import org.maskmine.network.Weights;
import org.maskmine.training.ReadOut;

/** Each engine is the other's oracle: only here are both on the class path. */
class CrossEngineTest {
  private static final Engine.Settings SETTINGS =
      new Engine.Settings(Engine.Precision.FP32, 1e-4, Device.CPU);
  private static final UNet SMALL = UNet.twoD().base(4).levels(3);
  private static final UNet SMALL_3D = UNet.threeD().base(2).levels(2);

  static Map<String, Graph> networks() {
    Map<String, Graph> networks = new LinkedHashMap<>();
    for (Connectivity blocks : Connectivity.values()) {
      networks.put("2D " + blocks, SMALL.blocks(blocks).graph("lesion"));
      networks.put("3D " + blocks, SMALL_3D.blocks(blocks).graph("lesion"));
    }
    networks.put("2D group norm", SMALL.norm(Norm.GROUP).graph("lesion"));
    networks.put(
        "3D batch norm, pooled",
        SMALL_3D.norm(Norm.BATCH).down(Downsampling.MAX_POOLING).graph("lesion"));
    networks.put("2D plain", SMALL.squeezeExcitation(false).slices(5).graph("lesion"));
    networks.put("combined", SMALL.combined("liver", SMALL.levels(2), "lesion"));
    return networks;
  }

  static Set<String> kinds() {
    return networks().keySet();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void engines_agree_on_logits_loss_and_gradients(String kind) {
    Graph graph = Objects.requireNonNull(networks().get(kind));
    Weights weights = InitialWeights.heNormal(graph, 1);
    Batch batch = batch(graph);
    Map<String, Loss> losses = new HashMap<>();
    graph.heads().keySet().forEach(head -> losses.put(head, new Loss.Combined(2.5, 1e-5)));
    try (Network torch = open("torch", graph, weights);
        Network dl4j = open("dl4j", graph, weights)) {
      var expected = torch.predict(batch.images());
      dl4j.predict(batch.images())
          .forEach(
              (head, z) -> assertClose(head, z, Objects.requireNonNull(expected.get(head)), 1e-4));
      var ours = torch.gradient(batch, losses);
      var theirs = dl4j.gradient(batch, losses);
      assertThat(theirs.loss()).isCloseTo(ours.loss(), within(1e-5 * ours.loss()));
      double longest =
          ours.gradient().arrays().values().stream()
              .mapToDouble(a -> norm(a.values()))
              .max()
              .orElse(0);
      theirs
          .gradient()
          .arrays()
          .forEach(
              (name, array) -> {
                float[] g = ours.gradient().get(name).values();
                // A bias before a norm has no gradient but rounding.
                double floor = Math.max(norm(g), 1e-3 * longest);
                assertThat(norm(difference(array.values(), g))).as(name).isLessThan(1e-3 * floor);
              });
    }
  }

  @ParameterizedTest
  @CsvSource({"torch, dl4j", "dl4j, torch"})
  void a_network_trained_on_one_engine_is_retrained_on_the_other(
      String first, String second, @TempDir Path folder) throws IOException {
    Graph graph = SMALL.graph("lesion");
    Batch batch = batch(graph);
    Path file = folder.resolve("lesion.safetensors");
    try (Network network = open(first, graph, InitialWeights.heNormal(graph, 1))) {
      for (int i = 0; i < 3; i++) {
        network.step(batch, Map.of("lesion", new Loss.Combined(2.5, 1e-5)), 1e-3);
      }
      Safetensors.write(file, network.weights(), Map.of());
    }
    Weights trained = Safetensors.read(file).weights();
    Graph appended = graph.withHead("lesion", 4);
    Weights warm = ErrorHead.warmStart(graph, trained, "lesion", ReadOut.TP_CHANNEL_FROM_A_FIFTH);
    Loss dice = new Loss.SoftDice(Loss.Activation.SIGMOID, Loss.Reduction.IMAGE, 1e-5);
    Batch errors = batch(appended);
    try (Network same = open(first, appended, warm);
        Network other = open(second, appended, warm)) {
      double expected = same.step(errors, Map.of("lesion", dice), 1e-3).getAsDouble();
      double begin = other.step(errors, Map.of("lesion", dice), 1e-3).getAsDouble();
      assertThat(begin).isCloseTo(expected, within(1e-5));
      for (int i = 0; i < 10; i++) {
        other.step(errors, Map.of("lesion", dice), 1e-3);
      }
      assertThat(other.step(errors, Map.of("lesion", dice), 1e-3).getAsDouble()).isLessThan(begin);
    }
  }

  private static Network open(String engine, Graph graph, Weights weights) {
    return Engines.choose(engine, "cpu").engine().open(graph, weights, SETTINGS);
  }

  private static Batch batch(Graph graph) {
    int[] size = graph.dimensions() == 2 ? new int[] {16, 8} : new int[] {4, 8, 6};
    int count = 2;
    int pixels = count;
    for (int side : size) {
      pixels *= side;
    }
    var random = new SplittableRandom(1);
    float[] values = new float[pixels * graph.channels()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble();
    }
    Map<String, Target> targets = new HashMap<>();
    for (String head : graph.heads().keySet()) {
      byte[] membership = new byte[pixels];
      float[] weights = new float[pixels];
      for (int i = 0; i < pixels; i++) {
        membership[i] = (byte) (1 << random.nextInt(graph.classes(head)));
        weights[i] = (float) random.nextDouble();
      }
      targets.put(head, new Target(graph.classes(head), membership, weights));
    }
    return new Batch(new Images(count, graph.channels(), size, values), targets);
  }

  private static void assertClose(String name, float[] actual, float[] expected, double most) {
    assertThat(norm(difference(actual, expected))).as(name).isLessThan(most * norm(expected));
  }

  private static float[] difference(float[] a, float[] b) {
    float[] difference = a.clone();
    for (int i = 0; i < b.length; i++) {
      difference[i] -= b[i];
    }
    return difference;
  }

  private static double norm(float[] values) {
    double squares = 0;
    for (float v : values) {
      squares += (double) v * v;
    }
    return Math.sqrt(squares);
  }
}
