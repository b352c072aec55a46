package org.maskmine.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ReadOutTest {
  @Test
  void two_classes_are_foreground_where_its_logit_is_larger() {
    assertThat(read(ReadOut.FOREGROUND, new float[][] {{0, 1, 2, -3}, {1, 0, 2, -2}}))
        .containsExactly(1, 0, 0, 1);
  }

  @Test
  void error_classes_are_foreground_where_fn_or_tp_is_the_largest() {
    float[][] z = {
      {5, 0, 0, 0, 1}, // TN
      {0, 5, 0, 0, 0}, // FP
      {0, 0, 5, 0, 1}, // FN
      {0, 0, 0, 5, 0} // TP
    };
    assertThat(read(ReadOut.FN_OR_TP, z)).containsExactly(0, 0, 1, 1, 0);
  }

  @Test
  void fn_and_tp_together_decide_where_neither_is_the_largest() {
    // p = softmax: TN .36, FP .09, FN .27, TP .28 in the first column; TN alone is the largest.
    float[][] z = {{ln(36), ln(60)}, {ln(9), ln(10)}, {ln(27), ln(15)}, {ln(28), ln(15)}};
    assertThat(read(ReadOut.FN_OR_TP, z)).containsExactly(0, 0);
    assertThat(read(ReadOut.FN_AND_TP, z)).containsExactly(1, 0);
    float[] scores = new float[2];
    ReadOut.FN_AND_TP.read(
        new float[] {ln(36), ln(60), ln(9), ln(10), ln(27), ln(15), ln(28), ln(15)}, 0, 2, scores);
    assertThat(scores[0]).isCloseTo(ln(55.0 / 45), within(1e-6f));
    assertThat(scores[1]).isCloseTo(ln(30.0 / 70), within(1e-6f));
  }

  private static float ln(double v) {
    return (float) Math.log(v);
  }

  @Test
  void channel_tp_alone_decides_above_one_half() {
    float[][] z = {{9, -9, 9}, {9, -9, 9}, {9, -9, 9}, {0.1f, -0.1f, 0}};
    assertThat(read(ReadOut.TP_CHANNEL, z)).containsExactly(1, 0, 0);
  }

  @Test
  void channel_tp_alone_decides_from_a_fifth_on() {
    float[][] z = {{9, -9, 9}, {9, -9, 9}, {9, -9, 9}, {ln(0.21 / 0.79), ln(0.19 / 0.81), 0}};
    assertThat(read(ReadOut.TP_CHANNEL_FROM_A_FIFTH, z)).containsExactly(1, 0, 1);
  }

  @Test
  void reads_the_image_it_is_asked_for() {
    float[] batch = {0, 0, 1, 1, /* second image */ 3, 0, 2, 2};
    float[] out = new float[2];
    ReadOut.FOREGROUND.read(batch, 1, 2, out);
    assertThat(out).containsExactly(-1, 2);
  }

  private static byte[] read(ReadOut readOut, float[][] channels) {
    int pixels = channels[0].length;
    float[] logits = new float[channels.length * pixels];
    for (int c = 0; c < channels.length; c++) {
      System.arraycopy(channels[c], 0, logits, c * pixels, pixels);
    }
    float[] scores = new float[pixels];
    readOut.read(logits, 0, pixels, scores);
    byte[] out = new byte[pixels];
    for (int i = 0; i < pixels; i++) {
      out[i] = (byte) (scores[i] > 0 ? 1 : 0);
    }
    return out;
  }
}
