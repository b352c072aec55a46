package org.maskmine.mining;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.maskmine.data.Structure;
import org.maskmine.mining.Retraining.Course;
import org.maskmine.mining.Retraining.Kind;
import org.maskmine.training.Emphasis;
import org.maskmine.training.Preset;
import org.maskmine.training.ReadOut;
import org.maskmine.training.Recipe;
import org.maskmine.training.Recipes;

class RetrainingTest {
  @Test
  void dice_reads_channel_tp_from_a_fifth_on_and_with_the_papers_preset_from_one_half() {
    Retraining demo = Retraining.of(Kind.DICE, Preset.DEMO);
    assertThat(demo).isEqualTo(Retraining.of(Kind.DICE));
    assertThat(demo.readOut()).isEqualTo(ReadOut.TP_CHANNEL_FROM_A_FIFTH);

    Retraining paper = Retraining.of(Kind.DICE, Preset.PAPER);
    assertThat(paper.readOut()).isEqualTo(ReadOut.TP_CHANNEL);
    assertThat(paper.flat()).isEqualTo(new Course(15, 1e-5)).isEqualTo(paper.solid());
    assertThat(Retraining.of(Kind.PWCE, Preset.PAPER).readOut()).isEqualTo(ReadOut.FN_OR_TP);
  }

  @Test
  void a_liver_which_is_found_nearly_whole_is_read_from_one_half_on() {
    Recipe retrained = Retraining.of(Kind.DICE).apply(Recipes.cascade2d(Preset.DEMO));
    assertThat(readOut(retrained, Structure.LIVER)).isEqualTo(ReadOut.TP_CHANNEL);
    assertThat(readOut(retrained, Structure.LESION)).isEqualTo(ReadOut.TP_CHANNEL_FROM_A_FIFTH);
  }

  @Test
  void a_further_round_reads_as_the_round_before() {
    Recipe once = Retraining.of(Kind.DICE, Preset.PAPER).apply(Recipes.cascade2d(Preset.DEMO));
    Recipe twice = Retraining.of(Kind.DICE, Preset.DEMO).apply(once);
    assertThat(readOut(twice, Structure.LESION)).isEqualTo(ReadOut.TP_CHANNEL);
  }

  @Test
  void pwce_counts_fp_twice_in_the_combined_network_unless_weights_are_given() {
    Retraining pwce = Retraining.of(Kind.PWCE);
    assertThat(emphasis(pwce, Recipes.cascade2d(Preset.DEMO))).isEqualTo(Emphasis.NONE);
    assertThat(emphasis(pwce, Recipes.combined2d(Preset.DEMO)))
        .isEqualTo(new Emphasis(2, 1, false, false));
    assertThat(emphasis(pwce.weights(1, 3).fresh(), Recipes.combined2d(Preset.DEMO)))
        .isEqualTo(new Emphasis(1, 3, false, true));
    assertThat(emphasis(Retraining.of(Kind.PWCE, Preset.PAPER), Recipes.combined2d(Preset.PAPER)))
        .isEqualTo(Emphasis.NONE);
    assertThat(emphasis(Retraining.of(Kind.DICE), Recipes.combined2d(Preset.DEMO)))
        .isEqualTo(Emphasis.NONE);
  }

  /** As a file is read that was written before there was one for heads that train together. */
  @Test
  @SuppressWarnings("NullAway")
  void an_emphasis_that_a_study_file_lacks_is_the_one_that_it_has() {
    Retraining pwce = Retraining.of(Kind.PWCE).weights(3, 1);
    var read =
        new Retraining(
            pwce.kind(),
            pwce.loss(),
            pwce.readOut(),
            pwce.flat(),
            pwce.solid(),
            pwce.keep(),
            pwce.emphasis(),
            null,
            pwce.structures());
    assertThat(read).isEqualTo(pwce);
  }

  private static Emphasis emphasis(Retraining retraining, Recipe before) {
    return retraining.apply(before).stage(Structure.LESION).emphasis();
  }

  private static ReadOut readOut(Recipe recipe, Structure structure) {
    return recipe.stage(structure).head(structure).readOut();
  }
}
