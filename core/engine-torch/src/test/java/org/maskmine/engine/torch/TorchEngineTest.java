package org.maskmine.engine.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.maskmine.engine.Batch;
import org.maskmine.engine.Engine;
import org.maskmine.engine.Images;
import org.maskmine.engine.Loss;
import org.maskmine.engine.Network;
import org.maskmine.engine.Target;
import org.maskmine.network.Connectivity;
import org.maskmine.network.Graph;
import org.maskmine.network.InitialWeights;
import org.maskmine.network.UNet;
import org.maskmine.network.Weights;

class TorchEngineTest {
  private static final Engine.Settings FP32 = new Engine.Settings(Engine.Precision.FP32, 1e-5);
  private static final Map<String, Loss> LOSSES = Map.of("lesion", new Loss.Combined(2.5, 1e-5));

  private final Graph graph =
      UNet.twoD().base(4).levels(3).blocks(Connectivity.BASIC).graph("lesion");

  private static Batch batch() {
    var random = new Random(1);
    float[] image = new float[4 * 3 * 16 * 16];
    byte[] membership = new byte[4 * 16 * 16];
    float[] weights = new float[membership.length];
    for (int i = 0; i < image.length; i++) {
      image[i] = random.nextFloat();
    }
    for (int i = 0; i < membership.length; i++) {
      membership[i] = (byte) (1 << random.nextInt(2));
      weights[i] = random.nextFloat();
    }
    return new Batch(
        new Images(4, 3, new int[] {16, 16}, image),
        Map.of("lesion", new Target(2, membership, weights)));
  }

  @Test
  void is_found_as_a_service_and_runs_here() {
    Engine engine = ServiceLoader.load(Engine.class).findFirst().orElseThrow();
    assertThat(engine.name()).isEqualTo("torch");
    assertThat(engine.unusable()).isEmpty();
    assertThat(engine.description())
        .matches("libtorch [0-9]+\\.[0-9]+\\.[0-9]+, CPU, [0-9]+ threads");
  }

  @Test
  void the_same_weights_and_batches_train_to_the_same_bits() {
    assertSame(trained(6), trained(6));
  }

  @Test
  void going_on_from_saved_weights_and_optimiser_equals_never_having_stopped() {
    Weights half;
    Weights state;
    try (Network network = open(InitialWeights.heNormal(graph, 1))) {
      train(network, 3);
      half = network.weights();
      state = network.optimiser();
    }
    try (Network network = open(half)) {
      network.restore(state);
      train(network, 3);
      assertSame(network.weights(), trained(6));
    }
  }

  private Weights trained(int steps) {
    try (Network network = open(InitialWeights.heNormal(graph, 1))) {
      train(network, steps);
      return network.weights();
    }
  }

  private Network open(Weights weights) {
    return new TorchEngine().open(graph, weights, FP32);
  }

  private static void train(Network network, int steps) {
    for (int i = 0; i < steps; i++) {
      network.step(batch(), LOSSES, 1e-3);
    }
  }

  private static void assertSame(Weights actual, Weights expected) {
    assertThat(actual.arrays().keySet()).containsExactlyElementsOf(expected.arrays().keySet());
    expected
        .arrays()
        .forEach((name, a) -> assertThat(actual.get(name).values()).as(name).isEqualTo(a.values()));
  }
}
