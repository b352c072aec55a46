package org.maskmine.engine.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.maskmine.UserError;
import org.maskmine.engine.Batch;
import org.maskmine.engine.Device;
import org.maskmine.engine.Engine;
import org.maskmine.engine.Images;
import org.maskmine.engine.Loss;
import org.maskmine.engine.Network;
import org.maskmine.engine.Target;
import org.maskmine.network.Graph;
import org.maskmine.network.InitialWeights;
import org.maskmine.network.UNet;

/** On a machine with a card that libtorch can use; skipped elsewhere, with the reason. */
final class CardTest {
  private static final Device CARD = Device.gpu(0);
  private static final Map<String, Loss> LOSS = Map.of("lesion", new Loss.Combined(2.5, 1e-5));

  private final TorchEngine engine = new TorchEngine();

  @BeforeEach
  void a_card_is_here() {
    assumeTrue(engine.unusable(CARD).isEmpty(), engine.unusable(CARD).orElse(""));
  }

  @Test
  void gradients_agree_with_the_processors() {
    for (UNet net : new UNet[] {UNet.twoD().base(8).levels(3), UNet.threeD().base(4).levels(3)}) {
      Graph graph = net.graph("lesion");
      Batch batch = batch(2, net.dimensions() == 2 ? new int[] {64, 64} : new int[] {16, 32, 32});
      Network.LossAndGradient expected = gradient(graph, batch, Engine.Precision.FP32, Device.CPU);
      Network.LossAndGradient exact = gradient(graph, batch, Engine.Precision.FP32, CARD);
      Network.LossAndGradient rough = gradient(graph, batch, Engine.Precision.BF16, CARD);
      assertThat(exact.loss()).isCloseTo(expected.loss(), within(1e-5));
      assertThat(rough.loss()).isCloseTo(expected.loss(), within(2e-2));
      assertThat(distance(exact, expected)).isLessThan(1e-3);
      assertThat(distance(rough, expected)).isLessThan(0.3);
    }
  }

  private static Percentage within(double share) {
    return Percentage.withPercentage(100 * share);
  }

  private Network.LossAndGradient gradient(
      Graph graph, Batch batch, Engine.Precision precision, Device device) {
    try (Network network = open(graph, precision, device)) {
      return network.gradient(batch, LOSS);
    }
  }

  /** Of the whole gradient, all arrays in one. */
  private static double distance(Network.LossAndGradient a, Network.LossAndGradient b) {
    double difference = 0;
    double whole = 0;
    for (String name : b.gradient().arrays().keySet()) {
      float[] x = a.gradient().get(name).values();
      float[] y = b.gradient().get(name).values();
      for (int i = 0; i < y.length; i++) {
        difference += Math.pow((double) x[i] - y[i], 2);
        whole += Math.pow(y[i], 2);
      }
    }
    return Math.sqrt(difference / whole);
  }

  @Test
  void the_same_steps_give_the_same_weights_bit_for_bit() {
    for (UNet net : new UNet[] {UNet.twoD().base(8).levels(3), UNet.threeD().base(4).levels(3)}) {
      Graph graph = net.graph("lesion");
      Batch batch = batch(4, net.dimensions() == 2 ? new int[] {64, 64} : new int[] {16, 32, 32});
      assertThat(trained(graph, batch)).isEqualTo(trained(graph, batch));
    }
  }

  private float[] trained(Graph graph, Batch batch) {
    try (Network network = open(graph, Engine.Precision.BF16, CARD)) {
      for (int step = 0; step < 20; step++) {
        network.step(batch, LOSS, 1e-3);
      }
      return network.weights().get("stem.conv.weight").values();
    }
  }

  @Test
  void a_batch_that_does_not_fit_is_refused_with_the_largest_that_does() throws IOException {
    Graph graph = UNet.twoD().graph("lesion");
    long before = usedMiB();
    try (Network network = open(graph, Engine.Precision.BF16, CARD)) {
      Batch large = batch(256, new int[] {512, 512});
      assertThatThrownBy(() -> network.step(large, LOSS, 1e-3))
          .isInstanceOf(UserError.class)
          .hasMessageMatching(
              "a training step with 256 patches of 3×512×512 in a network of [0-9]+ trained numbers"
                  + " does not fit into the memory of gpu:0 \\(.*, [0-9]+ GiB\\); a batch of"
                  + " [0-9]+ fits: take batch\\([0-9]+\\) on the pipeline");
      Batch small = batch(2, new int[] {64, 64});
      assertThat(network.step(small, LOSS, 1e-3).getAsDouble()).isPositive();
    }
    assertThat(usedMiB() - before).as("MiB kept").isLessThan(1500);
  }

  @Test
  void memory_returns_to_its_level_between_networks() throws IOException {
    Graph graph = UNet.twoD().graph("lesion");
    Batch batch = batch(12, new int[] {256, 256});
    long level = 0;
    for (int run = 0; run < 4; run++) {
      try (Network network = open(graph, Engine.Precision.BF16, CARD)) {
        assertThat(network.step(batch, LOSS, 1e-3).getAsDouble()).isPositive();
        network.predict(batch.images());
      }
      if (run == 0) {
        level = usedMiB();
      }
    }
    assertThat(usedMiB()).isLessThanOrEqualTo(level + 64);
  }

  private Network open(Graph graph, Engine.Precision precision, Device device) {
    var settings = new Engine.Settings(precision, 1e-5, device);
    return engine.open(graph, InitialWeights.heNormal(graph, 1), settings);
  }

  private static Batch batch(int count, int[] size) {
    int channels = size.length == 2 ? 3 : 1;
    int pixels = count * Arrays.stream(size).reduce(1, (a, b) -> a * b);
    var random = new Random(1);
    float[] image = new float[pixels * channels];
    byte[] membership = new byte[pixels];
    for (int i = 0; i < image.length; i++) {
      image[i] = random.nextFloat();
    }
    for (int i = 0; i < pixels; i++) {
      membership[i] = (byte) (1 + random.nextInt(2));
    }
    var target = new Target(2, membership, new float[pixels]);
    return new Batch(new Images(count, channels, size, image), Map.of("lesion", target));
  }

  private static long usedMiB() throws IOException {
    Process process =
        new ProcessBuilder("nvidia-smi", "--query-gpu=memory.used", "--format=csv,noheader,nounits")
            .start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return Long.parseLong(text.lines().findFirst().orElse("0").strip());
  }
}
