package org.maskmine.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.maskmine.UserError;
import org.maskmine.data.Structure;
import org.maskmine.engine.Engine;

class MemoryNeedTest {
  private static Recipe lesion() {
    return Recipes.unet2d(Structure.LESION, Preset.DEMO).device("cpu");
  }

  /**
   * Counted by hand for one level without skip connections: the stem's 2 channels, two convolutions
   * of 4, and the head's 2, on 8 × 8 pixels, twice; 3·2·9 + 2·4·9 + 4·4·9 + 4·2 kernels and what
   * norms and biases hold.
   */
  @Test
  void it_counts_the_outputs_of_convolutions_and_every_number_four_times() {
    StageRecipe stage =
        lesion().stage(Structure.LESION).network(n -> n.base(2).levels(1)).patches(8, 1).batch(2);
    long numbers = stage.graph().parameters().stream().mapToLong(p -> p.size()).sum();
    assertThat(MemoryNeed.of(stage, Engine.Precision.FP32))
        .isEqualTo(new MemoryNeed(12 * numbers, 16 * numbers + 4 * 2 * 64 * (2 + 4 + 4 + 2)));
    assertThat(MemoryNeed.of(stage, Engine.Precision.BF16))
        .isEqualTo(new MemoryNeed(12 * numbers, 16 * numbers + 2 * 2 * 64 * (2 + 4 + 4 + 2)));
  }

  @Test
  void a_patch_no_machine_can_hold_is_refused_with_the_estimate_and_what_to_reduce() {
    Recipe huge = lesion().eachStage(s -> s.patches(1 << 20, 1));
    assertThatThrownBy(() -> MemoryNeed.check(huge))
        .isInstanceOf(UserError.class)
        .hasMessageMatching(
            "the lesion network: base\\(8\\), depth\\(3\\), patches\\(1048576, 1\\) and"
                + " batch\\(12\\) need at least [0-9,.]+ GB of memory, this machine has [0-9,.]+"
                + " GB; take fewer channels, smaller patches or fewer of them: base\\(4\\),"
                + " patches\\(524288, 1\\), batch\\(6\\)");
  }

  @Test
  void what_lies_on_a_card_is_not_counted_here() {
    MemoryNeed.check(lesion().eachStage(s -> s.patches(1 << 20, 1)).device("gpu:0"));
  }

  @Test
  void a_network_with_more_weights_than_memory_is_refused_before_one_is_drawn() {
    Recipe huge = lesion().eachStage(s -> s.network(n -> n.base(1 << 16)));
    assertThatThrownBy(() -> MemoryNeed.check(huge))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("the lesion network: base(65536), depth(3), ");
  }

  @Test
  void every_preset_passes_where_a_class_works() {
    for (Recipe recipe :
        new Recipe[] {
          Recipes.cascade2d(Preset.DEMO),
          Recipes.cascade3d(Preset.DEMO),
          Recipes.combined2d(Preset.DEMO)
        }) {
      MemoryNeed.check(recipe.device("cpu"));
    }
  }

  @Test
  void memory_that_ran_out_is_told_from_other_failures() {
    assertThat(MemoryNeed.isLacking(new OutOfMemoryError("Java heap space"))).isTrue();
    assertThat(
            MemoryNeed.isLacking(
                new IllegalStateException("DefaultCPUAllocator: can't allocate memory: you …")))
        .isTrue();
    assertThat(MemoryNeed.isLacking(new IllegalStateException("shape mismatch"))).isFalse();
    assertThat(
            MemoryNeed.exhausted(
                lesion().stage(Structure.LESION), new OutOfMemoryError("Java heap space")))
        .hasMessage(
            "training the lesion network: the memory is used up (Java heap space) with base(8),"
                + " depth(3), patches(40, 1) and batch(12); take fewer channels, smaller patches or"
                + " fewer of them: base(4), patches(20, 1), batch(6), and close what else uses"
                + " memory");
  }
}
