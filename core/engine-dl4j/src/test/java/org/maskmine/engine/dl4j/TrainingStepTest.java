package org.maskmine.engine.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.maskmine.engine.Engine;
import org.maskmine.engine.Network;
import org.maskmine.network.Weights;

/** Holds every kind of node and loss to PyTorch in double precision. */
class TrainingStepTest {
  private static final double RATE = 1e-2;
  private static final double L2 = 1e-3;

  static List<StoredStep> steps() {
    return StoredStep.all();
  }

  @ParameterizedTest
  @MethodSource("steps")
  void the_stored_step_was_made_for_this_graph(StoredStep step) throws Exception {
    assertThat(step.description()).isEqualTo(step.storedDescription());
  }

  @ParameterizedTest
  @MethodSource("steps")
  void predicts_the_logits_of_pytorch(StoredStep step) throws Exception {
    try (Network network = open(step)) {
      Map<String, float[]> logits = network.predict(step.images());
      assertThat(logits.keySet()).isEqualTo(step.graph().heads().keySet());
      logits.forEach(
          (head, z) -> {
            float[] expected = stored(step).get("logits." + head).values();
            assertThat(distance(z, expected, 0)).as(head).isLessThan(2e-6);
          });
    }
  }

  @ParameterizedTest
  @MethodSource("steps")
  void gives_the_loss_and_gradients_of_pytorch_and_leaves_the_weights(StoredStep step)
      throws Exception {
    try (Network network = open(step)) {
      var result = network.gradient(step.batch(), step.lossValues());
      double expected = stored(step).get("loss").values()[0];
      assertThat(Math.abs(result.loss() - expected) / expected).isLessThan(2e-6);
      assertSame(result.gradient(), StoredStep.part(stored(step), "gradient."), 3e-4);
      assertSame(network.weights(), StoredStep.part(stored(step), "start."), 0);
    }
  }

  @ParameterizedTest
  @MethodSource("steps")
  void three_steps_give_the_weights_and_the_optimiser_of_pytorch(StoredStep step) throws Exception {
    try (Network network = open(step)) {
      for (int i = 0; i < 3; i++) {
        network.step(step.batch(), step.lossValues(), RATE);
      }
      assertSame(network.weights(), StoredStep.part(stored(step), "end."), 1e-3);
      Weights state = network.optimiser();
      assertThat(state.get("step").values()).containsExactly(3);
      assertSame(StoredStep.part(state, "m."), StoredStep.part(stored(step), "m."), 1e-3);
      assertSame(StoredStep.part(state, "v."), StoredStep.part(stored(step), "v."), 1e-3);
    }
  }

  @ParameterizedTest
  @MethodSource("steps")
  void a_restored_optimiser_goes_on_bit_for_bit(StoredStep step) throws Exception {
    try (Network whole = open(step);
        Network first = open(step)) {
      whole.step(step.batch(), step.lossValues(), RATE);
      whole.step(step.batch(), step.lossValues(), RATE);
      first.step(step.batch(), step.lossValues(), RATE);
      try (Network second = open(step, first.weights())) {
        second.restore(first.optimiser());
        second.step(step.batch(), step.lossValues(), RATE);
        assertSame(second.weights(), whole.weights(), 0);
      }
    }
  }

  private static Network open(StoredStep step) {
    return open(step, StoredStep.part(stored(step), "start."));
  }

  private static Network open(StoredStep step, Weights weights) {
    return new Dl4jEngine()
        .open(step.graph(), weights, new Engine.Settings(Engine.Precision.FP32, L2));
  }

  private static Weights stored(StoredStep step) {
    try {
      return step.stored();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Same names, shapes, and numbers up to a distance of norms, relative to the array's or to a
   * thousandth of the longest: a bias before a batch norm has no gradient but rounding.
   */
  private static void assertSame(Weights actual, Weights expected, double tolerance) {
    assertThat(actual.arrays().keySet())
        .containsExactlyInAnyOrderElementsOf(expected.arrays().keySet());
    double floor =
        expected.arrays().values().stream().mapToDouble(a -> norm(a.values())).max().orElse(0)
            * 1e-3;
    actual
        .arrays()
        .forEach(
            (name, array) -> {
              assertThat(array.shape()).as(name).isEqualTo(expected.get(name).shape());
              assertThat(distance(array.values(), expected.get(name).values(), floor))
                  .as(name)
                  .isLessThanOrEqualTo(tolerance);
            });
  }

  /** Norm of the difference relative to the norm of what was expected, or to the floor. */
  private static double distance(float[] actual, float[] expected, double floor) {
    float[] difference = actual.clone();
    for (int i = 0; i < difference.length; i++) {
      difference[i] -= expected[i];
    }
    return norm(difference) / Math.max(Double.MIN_NORMAL, Math.max(floor, norm(expected)));
  }

  private static double norm(float[] values) {
    double squares = 0;
    for (float v : values) {
      squares += (double) v * v;
    }
    return Math.sqrt(squares);
  }
}
