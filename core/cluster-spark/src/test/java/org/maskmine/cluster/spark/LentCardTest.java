package org.maskmine.cluster.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.maskmine.UserError;
import org.maskmine.engine.Card;

/** Which card a training takes that Spark lends one. */
class LentCardTest {
  private static final Card CARD = new Card(0, "NVIDIA H100", 90, "580.65", 80_000, "GPU-1");

  @Test
  void a_training_takes_the_card_that_spark_lends_whichever_its_recipe_names() {
    LentCard lent = LentCard.of(List.of("3"), List.of(CARD, CARD), null);
    assertThat(List.of("auto", "gpu", "gpu:0", "cpu"))
        .extracting(lent)
        .containsExactly("gpu:3", "gpu:3", "gpu:3", "cpu");
  }

  @Test
  void a_worker_that_shows_its_processes_one_card_counts_it_as_the_first() {
    assertThat(LentCard.of(List.of("3"), List.of(CARD), "3").device()).isEqualTo("gpu:0");
    assertThat(LentCard.of(List.of("3"), List.of(CARD), null).device()).isEqualTo("gpu:3");
  }

  @Test
  void without_a_card_of_sparks_the_recipe_decides() {
    assertThat(new LentCard("").apply("auto")).isEqualTo("auto");
  }

  @Test
  void two_cards_and_a_card_without_a_number_are_refused() {
    assertThatThrownBy(() -> LentCard.of(List.of("0", "1"), List.of(CARD, CARD), null))
        .isInstanceOf(UserError.class)
        .hasMessage("spark.task.resource.gpu.amount 2: a training uses one card; set it to 1");
    assertThatThrownBy(() -> LentCard.of(List.of("MIG-7"), List.of(CARD, CARD), null))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "Spark calls its card \"MIG-7\": must be a number, as nvidia-smi counts them; let the"
                + " discovery script print such numbers");
  }
}
