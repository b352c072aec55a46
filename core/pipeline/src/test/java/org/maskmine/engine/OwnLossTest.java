package org.maskmine.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.maskmine.UserError;

class OwnLossTest {
  private static final Target TARGET = new Target(2, new byte[] {1, 2, 2}, new float[3]);
  private static final float[] LOGITS = {1, -2, 3, 0.5f, 0, -1};

  /** ½ Σz²/n: the gradient is z/n. */
  private static OwnLoss.Result halfMeanSquare(float[] z, int images, Target target) {
    double value = 0;
    float[] gradient = new float[z.length];
    for (int i = 0; i < z.length; i++) {
      value += 0.5 * z[i] * z[i] / z.length;
      gradient[i] = z[i] / z.length;
    }
    return new OwnLoss.Result(value, gradient);
  }

  @Test
  void gives_value_and_gradient_of_the_function() {
    var result = new OwnLoss("squares", OwnLossTest::halfMeanSquare).of(LOGITS, 1, TARGET);
    assertThat(result.value()).isCloseTo(15.25 / 12, within(1e-15));
    assertThat(result.gradient()).containsExactly(1f / 6, -2f / 6, 3f / 6, 0.5f / 6, 0, -1f / 6);
  }

  /** The logits of one direction sum to 5.5, or 2.5 without the third; a sixth of each. */
  @Test
  void refuses_a_gradient_that_misses_one_logit() {
    var loss =
        new OwnLoss(
            "squares",
            (z, images, target) -> {
              var right = halfMeanSquare(z, images, target);
              right.gradient()[2] = 0;
              return right;
            });
    assertThatThrownBy(() -> loss.of(LOGITS, 1, TARGET))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "loss \"squares\": its gradient does not belong to its value: along one direction the"
                + " value changes by 0.917 per unit and the gradient says 0.417; correct the"
                + " gradient, the derivative of the value by each logit [image, class, pixel]");
  }

  @Test
  void refuses_a_gradient_of_another_length() {
    var loss = new OwnLoss("short", (z, images, target) -> new OwnLoss.Result(1, new float[2]));
    assertThatThrownBy(() -> loss.of(LOGITS, 1, TARGET))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "loss \"short\": its gradient holds 2 numbers for 6 logits; give one number per logit"
                + " [image, class, pixel]");
  }

  @Test
  void checks_the_gradient_once() {
    int[] calls = new int[1];
    var loss =
        new OwnLoss(
            "counted",
            (z, images, target) -> {
              calls[0]++;
              return halfMeanSquare(z, images, target);
            });
    loss.of(LOGITS, 1, TARGET);
    int first = calls[0];
    loss.of(LOGITS, 1, TARGET);
    assertThat(calls[0]).isEqualTo(first + 1);
  }

  @Test
  void an_edited_function_is_another_loss_also_under_the_same_name() {
    var one = new OwnLoss("mine", OwnLossTest::halfMeanSquare);
    var same = new OwnLoss("mine", (z, images, target) -> halfMeanSquare(z, images, target));
    var other =
        new OwnLoss(
            "mine",
            (z, images, target) -> {
              var result = halfMeanSquare(z, images, target);
              float[] twice = result.gradient().clone();
              for (int i = 0; i < twice.length; i++) {
                twice[i] *= 2;
              }
              return new OwnLoss.Result(2 * result.value(), twice);
            });
    assertThat(same).isEqualTo(one).hasSameHashCodeAs(one);
    assertThat(other).isNotEqualTo(one);
  }
}
