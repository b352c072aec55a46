package org.maskmine.training;

import static org.assertj.core.api.Assertions.assertThat;

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
  void channel_tp_alone_decides_above_one_half() {
    float[][] z = {{9, -9, 9}, {9, -9, 9}, {9, -9, 9}, {0.1f, -0.1f, 0}};
    assertThat(read(ReadOut.TP_CHANNEL, z)).containsExactly(1, 0, 0);
  }

  @Test
  void reads_the_image_it_is_asked_for() {
    float[] batch = {0, 0, 1, 1, /* second image */ 3, 0, 2, 2};
    byte[] out = new byte[3];
    ReadOut.FOREGROUND.read(batch, 1, 2, out, 1);
    assertThat(out).containsExactly(0, 0, 1);
  }

  private static byte[] read(ReadOut readOut, float[][] channels) {
    int pixels = channels[0].length;
    float[] logits = new float[channels.length * pixels];
    for (int c = 0; c < channels.length; c++) {
      System.arraycopy(channels[c], 0, logits, c * pixels, pixels);
    }
    byte[] out = new byte[pixels];
    readOut.read(logits, 0, pixels, out, 0);
    return out;
  }
}
