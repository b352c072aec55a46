package org.maskmine.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What of a recipe decides a run's name. */
class RecipeTest {
  @Test
  void which_card_computes_is_no_part_of_a_runs_name_and_whether_one_does_is() {
    Recipe recipe = Recipe.cascade2d();
    assertThat(recipe.device("gpu:3").onAnyCard()).isEqualTo(recipe.device("gpu:0"));
    assertThat(recipe.device("gpu:0").onAnyCard()).isEqualTo(recipe.device("gpu:0"));
    assertThat(recipe.device("cpu").onAnyCard()).isEqualTo(recipe.device("cpu"));
  }
}
