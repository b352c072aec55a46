package org.maskmine.mining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.maskmine.volume.Geometry;
import org.maskmine.volume.Mask;
import org.maskmine.volume.Spacing;

class ErrorMaskTest {
  private static final Geometry GRID = Geometry.of(3, 2, 2, new Spacing(1, 1, 1));
  // Counted by hand: TN at 0, 5, 8, 9, 11; FP at 1, 6; FN at 2, 3, 10; TP at 4, 7.
  private static final Mask PREDICTION = new Mask(GRID, bytes(0, 1, 0, 0, 1, 0, 1, 1, 0, 0, 0, 0));
  private static final Mask TRUTH = new Mask(GRID, bytes(0, 0, 1, 1, 1, 0, 0, 1, 0, 0, 1, 0));

  @Test
  void numbers_the_four_classes_as_the_paper_does() {
    assertThat(ErrorMask.of(PREDICTION, TRUTH).values())
        .containsExactly(0, 1, 2, 2, 3, 0, 1, 3, 0, 0, 2, 0);
  }

  @Test
  void counts_what_was_counted_by_hand() {
    Mask errors = ErrorMask.of(PREDICTION, TRUTH);
    assertThat(errors.count(ErrorMask.TN)).isEqualTo(5);
    assertThat(errors.count(ErrorMask.FP)).isEqualTo(2);
    assertThat(errors.count(ErrorMask.FN)).isEqualTo(3);
    assertThat(errors.count(ErrorMask.TP)).isEqualTo(2);
  }

  @Test
  void gives_each_voxel_one_class_for_cross_entropy() {
    assertThat(ErrorMask.membership(ErrorMask.of(PREDICTION, TRUTH), false))
        .containsExactly(1, 2, 4, 4, 8, 1, 2, 8, 1, 1, 4, 1);
  }

  @Test
  void replaces_true_positives_by_the_truth_for_dice() {
    byte[] membership = ErrorMask.membership(ErrorMask.of(PREDICTION, TRUTH), true);
    assertThat(membership).containsExactly(1, 2, 12, 12, 8, 1, 2, 8, 1, 1, 12, 1);
    for (int i = 0; i < membership.length; i++) {
      assertThat(membership[i] >> ErrorMask.TP & 1).isEqualTo(TRUTH.values()[i]);
    }
  }

  @Test
  void refuses_masks_of_two_grids() {
    Mask other = Mask.empty(Geometry.of(2, 3, 2, new Spacing(1, 1, 1)));
    assertThatThrownBy(() -> ErrorMask.of(PREDICTION, other))
        .hasMessage("prediction of 3×2×2 voxels for a truth of 2×3×2");
  }

  private static byte[] bytes(int... values) {
    byte[] out = new byte[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (byte) values[i];
    }
    return out;
  }
}
