package org.maskmine.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InitialWeightsTest {
  private final Graph graph = UNet.twoD().base(16).levels(3).graph("lesion");

  @Test
  void fit_the_graph() {
    graph.checkWeights(InitialWeights.heNormal(graph, 1));
  }

  @Test
  void the_same_seed_gives_the_same_bits_and_another_seed_does_not() {
    float[] one = InitialWeights.heNormal(graph, 1).get("enc1.conv0.weight").values();
    assertThat(InitialWeights.heNormal(graph, 1).get("enc1.conv0.weight").values()).isEqualTo(one);
    assertThat(InitialWeights.heNormal(graph, 2).get("enc1.conv0.weight").values())
        .isNotEqualTo(one);
  }

  @Test
  void an_error_head_leaves_every_other_array_as_it_was() {
    Weights base = InitialWeights.heNormal(graph, 1);
    Weights more = InitialWeights.heNormal(graph.withHead("lesion", 4), 1);
    base.arrays().keySet().stream()
        .filter(name -> !name.startsWith("head."))
        .forEach(
            name ->
                assertThat(more.get(name).values()).as(name).isEqualTo(base.get(name).values()));
  }

  /** He et al. 2015: deviation √(2 / fan-in), here 64 · 3 · 3 inputs. */
  @Test
  void convolutions_start_with_the_deviation_of_He() {
    assertDeviation("enc1.conv1.weight", Math.sqrt(2.0 / (64 * 9)));
  }

  /** Kernel 4 and stride 2 let each output see 2 × 2 of the 4 × 4 weights per channel. */
  @Test
  void transposed_convolutions_count_the_inputs_that_one_output_sees() {
    assertDeviation("up0.weight", Math.sqrt(2.0 / (64 * 4)));
  }

  @Test
  void norms_start_as_identity_and_biases_as_zero() {
    Weights weights = InitialWeights.heNormal(graph, 1);
    assertThat(weights.get("stem.norm.weight").values()).containsOnly(1);
    assertThat(weights.get("stem.norm.bias").values()).containsOnly(0);
    assertThat(weights.get("stem.norm.running_mean").values()).containsOnly(0);
    assertThat(weights.get("stem.norm.running_var").values()).containsOnly(1);
    assertThat(weights.get("stem.conv.bias").values()).containsOnly(0);
  }

  private void assertDeviation(String name, double expected) {
    float[] values = InitialWeights.heNormal(graph, 3).get(name).values();
    double squares =
        IntStream.range(0, values.length).mapToDouble(i -> (double) values[i] * values[i]).sum();
    double sum = IntStream.range(0, values.length).mapToDouble(i -> values[i]).sum();
    assertThat(Math.sqrt(squares / values.length)).isCloseTo(expected, within(0.02 * expected));
    assertThat(sum / values.length).isCloseTo(0, within(4 * expected / Math.sqrt(values.length)));
  }
}
