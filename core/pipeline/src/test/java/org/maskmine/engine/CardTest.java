package org.maskmine.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.maskmine.UserError;

final class CardTest {
  private static final List<String> ANSWER =
      List.of(
          "0, NVIDIA H100 80GB HBM3, 9.0, 580.159.04, 81559, GPU-8932f937-d72c",
          "1, NVIDIA GeForce GTX 1080, 6.1, 535.54.03, 8192, GPU-1f0c2a11-90ab",
          "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver.");

  @Test
  void the_drivers_answer_is_read_line_by_line() {
    assertThat(Card.parse(ANSWER))
        .containsExactly(
            new Card(0, "NVIDIA H100 80GB HBM3", 90, "580.159.04", 81559, "GPU-8932f937-d72c"),
            new Card(1, "NVIDIA GeForce GTX 1080", 61, "535.54.03", 8192, "GPU-1f0c2a11-90ab"));
    assertThat(Card.parse(ANSWER).get(1))
        .hasToString("NVIDIA GeForce GTX 1080 (compute capability 6.1, driver 535.54.03)");
    assertThat(Card.parse(ANSWER).get(1).driverMajor()).isEqualTo(535);
  }

  @Test
  void CUDAs_variable_hides_and_reorders_cards() {
    List<Card> cards = Card.parse(ANSWER);
    assertThat(Card.visible(cards, null)).isEqualTo(cards);
    assertThat(Card.visible(cards, "")).isEmpty();
    assertThat(Card.visible(cards, "-1")).isEmpty();
    assertThat(Card.visible(cards, "1")).extracting(Card::index).containsExactly(0);
    assertThat(Card.visible(cards, "1, 0")).extracting(Card::capability).containsExactly(61, 90);
    assertThat(Card.visible(cards, "0,7,1")).extracting(Card::capability).containsExactly(90);
    assertThat(Card.visible(cards, "0,-1")).extracting(Card::capability).containsExactly(90);
    assertThat(Card.visible(cards, "GPU-1f0c")).extracting(Card::capability).containsExactly(61);
    assertThat(Card.visible(cards, "MIG-5f1a")).isEqualTo(cards);
  }

  @Test
  void a_device_has_a_name() {
    assertThat(Device.CPU).hasToString("cpu");
    assertThat(Device.gpu(1)).hasToString("gpu:1");
    for (String name : List.of("auto", "cpu", "gpu", "gpu:0", "gpu:12")) {
      Device.check(name);
    }
    assertThatThrownBy(() -> Device.check("tpu"))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "device(\"tpu\"): a device is \"auto\", \"cpu\", \"gpu\" or \"gpu:1\"; devices() lists"
                + " them");
  }
}
