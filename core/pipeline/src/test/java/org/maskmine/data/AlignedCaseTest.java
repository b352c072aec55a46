package org.maskmine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.maskmine.UserError;
import org.maskmine.volume.Affine;
import org.maskmine.volume.Geometry;
import org.maskmine.volume.Mask;
import org.maskmine.volume.Spacing;
import org.maskmine.volume.Volume;

class AlignedCaseTest {
  /** Three voxels from left to right in the array, which is right to left in canonical axes. */
  private static final Geometry RIGHTWARD =
      new Geometry(3, 1, 2, new Affine(2, 0, 0, -5, 0, -1, 0, 0, 0, 0, -4, 9));

  private static final Geometry CANONICAL =
      new Geometry(3, 1, 2, new Affine(-2, 0, 0, -1, 0, -1, 0, 0, 0, 0, 4, 5));

  private static Case rightward() {
    return new TinyCase(
        "scan",
        new Volume(RIGHTWARD, new float[] {1, 2, 3, 4, 5, 6}),
        new Mask(RIGHTWARD, new byte[] {0, 0, 0, 1, 2, 0}));
  }

  @Test
  void image_and_labels_are_turned_to_canonical_axes() {
    Case aligned = AlignedCase.of(rightward(), null);
    assertThat(aligned.geometry()).isEqualTo(CANONICAL);
    assertThat(aligned.image().geometry()).isEqualTo(CANONICAL);
    assertThat(aligned.image().values()).containsExactly(6, 5, 4, 3, 2, 1);
    assertThat(aligned.labels().orElseThrow().values()).containsExactly(0, 2, 1, 0, 0, 0);
    assertThat(Objects.requireNonNull(aligned.facts().labels()).fullestSlice()).isZero();
  }

  @Test
  void a_mask_finds_back_to_the_files_grid() {
    Case aligned = AlignedCase.of(rightward(), null);
    Mask back = aligned.asStored(aligned.labels().orElseThrow());
    assertThat(back.geometry()).isEqualTo(RIGHTWARD);
    assertThat(back.values()).containsExactly(0, 0, 0, 1, 2, 0);
  }

  @Test
  void another_spacing_is_reached_linearly_and_left_again_at_the_nearest() {
    Case aligned = AlignedCase.of(rightward(), new Spacing(1, 1, 4));
    assertThat(aligned.geometry().size()).isEqualTo("6×1×2");
    assertThat(aligned.image().values())
        .containsExactly(
            new float[] {6, 5.75f, 5.25f, 4.75f, 4.25f, 4, 3, 2.75f, 2.25f, 1.75f, 1.25f, 1},
            within(1e-6f));
    assertThat(aligned.labels().orElseThrow().values())
        .containsExactly(0, 0, 2, 2, 1, 1, 0, 0, 0, 0, 0, 0);
    Mask back = aligned.asStored(aligned.labels().orElseThrow());
    assertThat(back.geometry()).isEqualTo(RIGHTWARD);
    assertThat(back.values()).containsExactly(0, 0, 0, 1, 2, 0);
  }

  @Test
  void a_canonical_case_is_left_alone_and_content_tells_grids_apart() {
    Case canonical = AlignedCase.of(rightward(), null);
    var same = new TinyCase("scan", canonical.image(), canonical.labels().orElseThrow());
    assertThat(AlignedCase.of(same, null)).isSameAs(same);
    assertThat(AlignedCase.of(rightward(), null).content()).isEqualTo(canonical.content());
    assertThat(AlignedCase.of(rightward(), new Spacing(1, 1, 4)).content())
        .isNotEqualTo(canonical.content());
  }

  @Test
  void the_z_score_is_that_of_the_training_livers_after_the_window() {
    // The liver holds 4 and 5 HU: in a window of 0 to 10 these are 0.4 and 0.5.
    HuWindow found = Standardisation.of(new HuWindow(0, 10), List.of(rightward()));
    assertThat(found.mean()).isCloseTo(0.45, within(1e-9));
    assertThat(found.deviation()).isCloseTo(0.05, within(1e-9));
    assertThatThrownBy(() -> Standardisation.of(new HuWindow(-9, 1), List.of(rightward())))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "z-score by a deviation of 0.0: must be positive; the training images hold one value"
                + " alone, check the window");
  }
}
