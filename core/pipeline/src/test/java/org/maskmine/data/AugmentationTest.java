package org.maskmine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.maskmine.UserError;

class AugmentationTest {
  private static final int DRAWS = 20_000;

  @Test
  void each_change_happens_in_half_of_the_patches_and_stays_in_its_range() {
    var random = new SplittableRandom(3);
    int mirrored = 0;
    int turned = 0;
    int zoomed = 0;
    for (int i = 0; i < DRAWS; i++) {
      AxialTransform t = Augmentation.PAPER.draw(random);
      double determinant = t.xx() * t.yy() - t.xy() * t.yx();
      double zoom = 1 / Math.sqrt(Math.abs(determinant));
      double degrees = Math.toDegrees(Math.atan2(Math.abs(t.xy()), Math.abs(t.xx())));
      mirrored += determinant < 0 ? 1 : 0;
      turned += degrees > 1e-9 ? 1 : 0;
      zoomed += Math.abs(zoom - 1) > 1e-9 ? 1 : 0;
      assertThat(zoom).isBetween(0.825 - 1e-9, 1.175 + 1e-9);
      assertThat(degrees).isBetween(0.0, 10 + 1e-9);
    }
    // One of two independent flips turns the determinant: ½.
    assertThat(mirrored / (double) DRAWS).isCloseTo(0.5, within(0.015));
    assertThat(turned / (double) DRAWS).isCloseTo(0.5, within(0.015));
    assertThat(zoomed / (double) DRAWS).isCloseTo(0.5, within(0.015));
  }

  @Test
  void the_same_seed_draws_the_same_changes() {
    var one = new SplittableRandom(5);
    var other = new SplittableRandom(5);
    for (int i = 0; i < 50; i++) {
      assertThat(Augmentation.PAPER.draw(one)).isEqualTo(Augmentation.PAPER.draw(other));
    }
  }

  @Test
  void flips_alone_neither_turn_nor_zoom() {
    var random = new SplittableRandom(7);
    for (int i = 0; i < 100; i++) {
      AxialTransform t = Augmentation.FLIPS.draw(random);
      assertThat(Math.abs(t.xx())).isEqualTo(1);
      assertThat(Math.abs(t.yy())).isEqualTo(1);
      assertThat(Math.abs(t.xy()) + Math.abs(t.yx())).isZero();
    }
  }

  @Test
  void refuses_ranges_that_are_none() {
    assertThatThrownBy(() -> new Augmentation(true, -1, 1, 1))
        .isInstanceOf(UserError.class)
        .hasMessage("rotation by -1.0°: must be 0 to 180; take 10");
    assertThatThrownBy(() -> new Augmentation(true, 0, 1.2, 0.8))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "zoom from 1.2 to 0.8: must be positive, at most 10, and rise; take 0.825 to 1.175");
  }
}
