package org.maskmine.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.maskmine.engine.Norms.assertClose;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.maskmine.UserError;
import org.maskmine.network.Graph;
import org.maskmine.network.InitialWeights;
import org.maskmine.network.Node;
import org.maskmine.network.UNet;
import org.maskmine.network.Weights;

/**
 * What every engine must do. Oracles: training steps of PyTorch in double precision (make_steps.py)
 * and {@link ReferenceLoss}.
 */
public abstract class EngineContract {
  private static final double RATE = 1e-2;
  private static final double L2 = 1e-3;

  /** {@code -Dmaskmine.device=gpu} takes the contract to a card. */
  protected static final Device DEVICE =
      System.getProperty("maskmine.device", "cpu").equals("gpu") ? Device.gpu(0) : Device.CPU;

  private final Graph small = UNet.twoD().base(4).levels(3).graph("lesion");

  /** The engine under test. */
  protected abstract Engine engine();

  static List<StoredStep> steps() {
    return StoredStep.all();
  }

  static List<StandardLoss> losses() {
    return StandardLoss.all();
  }

  @ParameterizedTest
  @MethodSource("steps")
  void the_stored_step_was_made_for_this_graph(StoredStep step) throws IOException {
    assertThat(step.description()).isEqualTo(step.storedDescription());
  }

  @ParameterizedTest
  @MethodSource("steps")
  void predicts_the_logits_of_PyTorch(StoredStep step) throws IOException {
    try (Network network = open(step)) {
      Map<String, float[]> logits = network.predict(step.images());
      assertThat(logits.keySet()).isEqualTo(step.graph().heads().keySet());
      for (String head : logits.keySet()) {
        float[] expected = step.stored().get("logits." + head).values();
        assertThat(Norms.distance(present(logits, head), expected, 0)).as(head).isLessThan(2e-6);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("steps")
  void gives_the_loss_and_gradients_of_PyTorch_and_leaves_the_weights(StoredStep step)
      throws IOException {
    try (Network network = open(step)) {
      Network.LossAndGradient result = network.gradient(step.batch(), step.lossValues());
      double expected = step.stored().get("loss").values()[0];
      assertThat(result.loss()).isCloseTo(expected, within(2e-6 * expected));
      assertClose(result.gradient(), StoredStep.part(step.stored(), "gradient."), 3e-4);
      assertClose(network.weights(), StoredStep.part(step.stored(), "start."), 0);
    }
  }

  @ParameterizedTest
  @MethodSource("steps")
  void three_steps_give_the_weights_and_the_optimiser_of_PyTorch(StoredStep step)
      throws IOException {
    try (Network network = open(step)) {
      train(network, step, 3);
      assertClose(network.weights(), StoredStep.part(step.stored(), "end."), 1e-3);
      Weights state = network.optimiser();
      assertThat(state.get("step").values()).containsExactly(3);
      assertClose(StoredStep.part(state, "m."), StoredStep.part(step.stored(), "m."), 1e-3);
      assertClose(StoredStep.part(state, "v."), StoredStep.part(step.stored(), "v."), 1e-3);
    }
  }

  @ParameterizedTest
  @MethodSource("steps")
  void going_on_from_saved_weights_and_optimiser_equals_never_having_stopped(StoredStep step)
      throws IOException {
    try (Network whole = open(step);
        Network first = open(step)) {
      train(whole, step, 4);
      train(first, step, 2);
      try (Network second = open(step.graph(), first.weights())) {
        second.restore(first.optimiser());
        train(second, step, 2);
        assertClose(second.weights(), whole.weights(), 0);
        assertClose(second.optimiser(), whole.optimiser(), 0);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("steps")
  void the_same_weights_and_batches_train_to_the_same_bits(StoredStep step) throws IOException {
    try (Network one = open(step);
        Network other = open(step)) {
      train(one, step, 3);
      train(other, step, 3);
      assertClose(one.weights(), other.weights(), 0);
    }
  }

  /**
   * A network of one convolution with identity weights shows its image as logits; the gradient of
   * its bias and weights are sums over the gradient of the logits.
   */
  @ParameterizedTest
  @MethodSource("losses")
  void computes_every_loss_and_its_gradient_as_the_reference_does(StandardLoss standard) {
    int images = 3;
    int classes = 4;
    int[] size = {4, 6};
    int pixels = 24;
    float[] z = Formula.values(7, images * classes * pixels, -3, 3);
    byte[] membership = new byte[images * pixels];
    for (int i = 0; i < membership.length; i++) {
      membership[i] = (byte) (16 * Formula.uniform(1001, i));
    }
    var target = new Target(classes, membership, Formula.values(1002, membership.length, 0, 1));
    var batch = new Batch(new Images(images, classes, size, z), Map.of("logits", target));
    double[] exact = new double[z.length];
    Arrays.setAll(exact, i -> z[i]);
    ReferenceLoss expected = ReferenceLoss.of(standard.loss(), exact, images, target);

    try (Network network = open(identity(classes), identityWeights(classes))) {
      var result = network.gradient(batch, Map.of("logits", standard.loss()));
      assertThat(result.loss()).isCloseTo(expected.value(), within(2e-6 * expected.value()));
      float[] bias = result.gradient().get("head.bias").values();
      float[] weight = result.gradient().get("head.weight").values();
      double scale = Arrays.stream(expected.gradient()).map(Math::abs).sum();
      for (int k = 0; k < classes; k++) {
        double byBias = 0;
        double[] byWeight = new double[classes];
        for (int n = 0; n < images; n++) {
          for (int i = 0; i < pixels; i++) {
            double g = expected.gradient()[(n * classes + k) * pixels + i];
            byBias += g;
            for (int c = 0; c < classes; c++) {
              byWeight[c] += g * z[(n * classes + c) * pixels + i];
            }
          }
        }
        assertThat(bias[k])
            .as("bias %d", k)
            .isCloseTo((float) byBias, within((float) (2e-6 * scale)));
        for (int c = 0; c < classes; c++) {
          assertThat(weight[k * classes + c])
              .as("weight %d %d", k, c)
              .isCloseTo((float) byWeight[c], within((float) (6e-6 * scale)));
        }
      }
    }
  }

  /** Oracle: the engine's own focal loss, given once more as a function in double precision. */
  @Test
  void takes_a_loss_that_is_a_java_function() {
    var focal = new Loss.Focal(2);
    var own = new OwnLoss("focal again", referenceOf(focal, 1));
    Batch batch = batch(2, 8);
    try (Network network = open(small, InitialWeights.heNormal(small, 1))) {
      var expected = network.gradient(batch, Map.of("lesion", focal));
      var actual = network.gradient(batch, Map.of("lesion", own));
      assertThat(actual.loss()).isCloseTo(expected.loss(), within(1e-6));
      assertClose(actual.gradient(), expected.gradient(), 1e-3);
      assertThat(network.step(batch, Map.of("lesion", own), RATE).getAsDouble())
          .isCloseTo(expected.loss(), within(1e-6));
    }
  }

  @Test
  void refuses_a_loss_whose_gradient_is_not_its_own() {
    var wrong = new OwnLoss("twice", referenceOf(new Loss.Focal(2), 2));
    try (Network network = open(small, InitialWeights.heNormal(small, 1))) {
      assertThatThrownBy(() -> network.step(batch(2, 8), Map.of("lesion", wrong), RATE))
          .isInstanceOf(UserError.class)
          .hasMessageStartingWith("loss \"twice\": its gradient does not belong to its value");
    }
  }

  /** A loss as the function a researcher would write, its gradient times a factor. */
  private static OwnLoss.Function referenceOf(Loss loss, float factor) {
    return (logits, images, target) -> {
      double[] z = new double[logits.length];
      Arrays.setAll(z, i -> logits[i]);
      ReferenceLoss reference = ReferenceLoss.of(loss, z, images, target);
      float[] gradient = new float[z.length];
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] = factor * (float) reference.gradient()[i];
      }
      return new OwnLoss.Result(reference.value(), gradient);
    };
  }

  @Test
  void an_image_gives_the_same_logits_alone_and_among_others() {
    float[] values = Formula.values(3, 5 * 3 * 8 * 12, 0, 1);
    try (Network network = open(small, InitialWeights.heNormal(small, 1))) {
      float[] all = logits(network, new Images(5, 3, new int[] {8, 12}, values));
      for (int n = 0; n < 5; n++) {
        float[] alone = Arrays.copyOfRange(values, n * 3 * 96, (n + 1) * 3 * 96);
        float[] one = logits(network, new Images(1, 3, new int[] {8, 12}, alone));
        float[] among = Arrays.copyOfRange(all, n * 2 * 96, (n + 1) * 2 * 96);
        assertThat(Norms.distance(one, among, 0)).isLessThan(1e-5);
      }
    }
  }

  @Test
  void patches_of_different_sizes_follow_each_other() {
    try (Network network = open(small, InitialWeights.heNormal(small, 1))) {
      for (int side : new int[] {8, 16, 4, 8}) {
        float[] values = Formula.values(3, 2 * 3 * side * side, 0, 1);
        float[] z = logits(network, new Images(2, 3, new int[] {side, side}, values));
        assertThat(z).hasSize(2 * 2 * side * side);
      }
    }
  }

  @Test
  void a_step_lowers_the_loss_of_its_batch() {
    Batch batch = batch(2, 8);
    var loss = Map.<String, Loss>of("lesion", new Loss.Combined(2.5, 1e-5));
    try (Network network = open(small, InitialWeights.heNormal(small, 1))) {
      double first = network.step(batch, loss, 1e-3).getAsDouble();
      for (int i = 0; i < 20; i++) {
        network.step(batch, loss, 1e-3);
      }
      assertThat(network.step(batch, loss, 1e-3).getAsDouble()).isLessThan(0.8 * first);
    }
  }

  @Test
  void gives_and_takes_weights_in_the_order_of_the_graph() {
    Weights weights = InitialWeights.heNormal(small, 1);
    try (Network network = open(small, weights)) {
      assertThat(network.weights().arrays().keySet())
          .containsExactlyElementsOf(weights.arrays().keySet());
      assertClose(network.weights(), weights, 0);
    }
  }

  @Test
  void refuses_a_patch_that_cannot_be_halved() {
    assertRefused(
        new Batch(images(3, 10), Map.of("lesion", target(2, 10))),
        "a patch of 10 × 10 voxels: every side must be divisible by 4, as 3 levels halve it 2"
            + " times; take 12 × 12");
  }

  @Test
  void refuses_an_image_of_other_channels() {
    assertRefused(
        new Batch(images(1, 8), Map.of("lesion", target(2, 8))),
        "an image of 1 channels: the network was drawn for 3; cut patches with slices(3)");
  }

  @Test
  void refuses_a_batch_without_a_target() {
    assertRefused(
        new Batch(images(3, 8), Map.of()),
        "no target for head lesion: a head with a loss needs one; add it to the batch");
  }

  @Test
  void refuses_a_target_of_other_classes() {
    assertRefused(
        new Batch(images(3, 8), Map.of("lesion", target(4, 8))),
        "a target of 4 classes for head lesion: the head has 2 outputs; make the target with 2"
            + " classes");
  }

  @Test
  void refuses_a_target_of_another_size() {
    assertRefused(
        new Batch(images(3, 8), Map.of("lesion", target(2, 4))),
        "a target of 32 pixels for head lesion: the images have 128; cut images and targets from"
            + " the same patches");
  }

  @Test
  void refuses_a_loss_for_a_head_that_does_not_exist() {
    try (Network network = open(small, InitialWeights.heNormal(small, 1))) {
      assertThatThrownBy(() -> network.step(batch(2, 8), Map.of("liver", new Loss.Focal(2)), RATE))
          .isInstanceOf(UserError.class)
          .hasMessage("no head liver: this network has lesion; name one of these");
    }
  }

  @Test
  void refuses_a_batch_that_leaves_a_batch_norm_one_value() {
    float[] values = new float[3 * 4 * 4];
    var one =
        new Batch(
            new Images(1, 3, new int[] {4, 4}, values),
            Map.of("lesion", new Target(2, new byte[16], new float[16])));
    assertRefused(
        one,
        "a batch of 1: batch normalisation at enc2.norm0 sees one value per channel and needs two;"
            + " take a larger patch or batch");
  }

  @Test
  void refuses_weights_of_another_network() {
    Weights wider = InitialWeights.heNormal(UNet.twoD().base(8).levels(3).graph("lesion"), 1);
    assertThatThrownBy(() -> open(small, wider))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "the weights hold stem.conv.weight [8, 3, 3, 3]: the network needs [4, 3, 3, 3]; take"
                + " weights that were saved from the same network");
  }

  private void assertRefused(Batch batch, String sentence) {
    var loss = Map.<String, Loss>of("lesion", new Loss.Focal(2));
    try (Network network = open(small, InitialWeights.heNormal(small, 1))) {
      assertThatThrownBy(() -> network.step(batch, loss, RATE))
          .isInstanceOf(UserError.class)
          .hasMessage(sentence);
      assertThatThrownBy(() -> network.gradient(batch, loss))
          .isInstanceOf(UserError.class)
          .hasMessage(sentence);
    }
  }

  private static Images images(int channels, int side) {
    return new Images(
        2, channels, new int[] {side, side}, Formula.values(3, 2 * channels * side * side, 0, 1));
  }

  private static Target target(int classes, int side) {
    byte[] membership = new byte[2 * side * side];
    for (int i = 0; i < membership.length; i++) {
      membership[i] = (byte) (1 << (int) (classes * Formula.uniform(4, i)));
    }
    return new Target(classes, membership, Formula.values(5, membership.length, 0, 1));
  }

  private static Batch batch(int classes, int side) {
    return new Batch(images(3, side), Map.of("lesion", target(classes, side)));
  }

  private static Graph identity(int classes) {
    var head = new Node.Convolution("head", Graph.IMAGE, classes, classes, 1, 1, true);
    return new Graph(2, classes, 1, List.of(head), Map.of("logits", "head"));
  }

  private static Weights identityWeights(int classes) {
    float[] weight = new float[classes * classes];
    for (int k = 0; k < classes; k++) {
      weight[k * classes + k] = 1;
    }
    Map<String, Weights.Array> arrays = new LinkedHashMap<>();
    arrays.put("head.weight", new Weights.Array(new int[] {classes, classes, 1, 1}, weight));
    arrays.put("head.bias", new Weights.Array(new int[] {classes}, new float[classes]));
    return new Weights(arrays);
  }

  private static float[] logits(Network network, Images images) {
    return present(network.predict(images), "lesion");
  }

  private static void train(Network network, StoredStep step, int steps) throws IOException {
    for (int i = 0; i < steps; i++) {
      network.step(step.batch(), step.lossValues(), RATE);
    }
  }

  private Network open(StoredStep step) throws IOException {
    return open(step.graph(), StoredStep.part(step.stored(), "start."));
  }

  private Network open(Graph graph, Weights weights) {
    return engine().open(graph, weights, new Engine.Settings(Engine.Precision.FP32, L2, DEVICE));
  }

  private static float[] present(Map<String, float[]> logits, String head) {
    return Objects.requireNonNull(logits.get(head), head);
  }
}
