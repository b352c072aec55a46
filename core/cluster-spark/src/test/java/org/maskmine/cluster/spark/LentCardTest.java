package org.maskmine.cluster.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.maskmine.UserError;
import org.maskmine.engine.Card;

/** Which card a training takes that Spark lends one. */
class LentCardTest {
  /** Four, as nvidia-smi counts them. */
  private static final List<Card> CARDS =
      IntStream.range(0, 4)
          .mapToObj(n -> new Card(n, "NVIDIA H100", 90, "580.65", 80_000, "GPU-" + n + "f0c" + n))
          .toList();

  @Test
  void a_training_takes_the_card_that_spark_lends_whichever_its_recipe_names() {
    LentCard lent = LentCard.of(List.of("3"), CARDS, null);
    assertThat(List.of("auto", "gpu", "gpu:0", "cpu"))
        .extracting(lent)
        .containsExactly("gpu:3", "gpu:3", "gpu:3", "cpu");
  }

  /**
   * The place of the card in the list, from 0: so the CUDA programming guide, table of variables.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "unset",
      value = {
        "3              | unset               | gpu:3",
        "1              | 0,1                 | gpu:1",
        "3              | 3,1                 | gpu:0",
        "1              | 3,1                 | gpu:1",
        "3              | 3                   | gpu:0",
        "0              | 2,0,-1,1            | gpu:1",
        "2              | GPU-3f0c3,GPU-2f0c2 | gpu:1",
        "2              | 'GPU-3f, GPU-2f'    | gpu:1",
        "GPU-2f0c2      | unset               | gpu:2",
        "GPU-2f0c2      | 3,2                 | gpu:1",
        "GPU-2f         | GPU-2f0c2           | gpu:0",
        "2              | MIG-5f1a            | gpu",
      })
  void a_card_that_nvidia_smi_names_is_found_among_those_that_cuda_leaves(
      String address, @Nullable String visible, String device) {
    assertThat(LentCard.of(List.of(address), CARDS, visible).device()).isEqualTo(device);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"2 | '0,1'", "1 | '2,0,-1,1'", "0 | ''", "GPU-2f0c2 | '3'"})
  void a_card_that_cuda_hides_is_refused(String address, String visible) {
    assertThatThrownBy(() -> LentCard.of(List.of(address), CARDS, visible))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "Spark lends the card \"%s\", which CUDA_VISIBLE_DEVICES \"%s\" hides from this worker;"
                + " let the worker's discovery script print visible cards alone, by their numbers"
                + " in nvidia-smi",
            address, visible);
  }

  @Test
  void without_a_card_of_sparks_the_recipe_decides() {
    assertThat(new LentCard("").apply("auto")).isEqualTo("auto");
  }

  @Test
  void on_a_machine_without_a_card_the_engines_say_so() {
    assertThat(LentCard.of(List.of("5"), List.of(), null).device()).isEqualTo("gpu");
  }

  @Test
  void two_cards_and_a_card_that_is_not_there_are_refused() {
    assertThatThrownBy(() -> LentCard.of(List.of("0", "1"), CARDS, null))
        .isInstanceOf(UserError.class)
        .hasMessage("spark.task.resource.gpu.amount 2: a training uses one card; set it to 1");
    for (String address : List.of("4", "first", "MIG-7", "GPU-7")) {
      assertThatThrownBy(() -> LentCard.of(List.of(address), CARDS, null))
          .isInstanceOf(UserError.class)
          .hasMessage(
              "Spark lends a card \"%s\": must be the number or the UUID of one that nvidia-smi"
                  + " lists here (0, 1, 2, 3); let the worker's discovery script print such",
              address);
    }
  }
}
