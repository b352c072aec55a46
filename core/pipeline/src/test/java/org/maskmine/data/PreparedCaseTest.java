package org.maskmine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.maskmine.UserError;
import org.maskmine.volume.Geometry;
import org.maskmine.volume.Mask;
import org.maskmine.volume.Spacing;
import org.maskmine.volume.Volume;

class PreparedCaseTest {
  /** 2×2 voxels in 4 slices; slice z holds 10·z HU but for the given first values. */
  private static PreparedCase prepared(float... first) {
    var grid = Geometry.of(2, 2, 4, new Spacing(1, 1, 1));
    float[] hu = new float[16];
    for (int i = 0; i < hu.length; i++) {
      hu[i] = i < first.length ? first[i] : 10 * (i / 4);
    }
    byte[] labels = {0, 1, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    return PreparedCase.of(
        new TinyCase("volume-3", new Volume(grid, hu), new Mask(grid, labels)),
        new HuWindow(0, 100),
        2);
  }

  private static float[] middles(int z, int slices) {
    float[] out = new float[slices];
    read(prepared(), z - slices / 2, slices, new Box(0, 0, 1, 1), out, 0);
    return out;
  }

  private static void read(
      PreparedCase c, int first, int slices, Box box, float[] out, int offset) {
    c.image(Cut.of(c.geometry(), box, AxialTransform.IDENTITY), first, slices, out, offset);
  }

  @Test
  void neighbouring_slices_are_mirrored_at_both_ends() {
    assertThat(middles(1, 3)).containsExactly(0, 0.1f, 0.2f);
    assertThat(middles(0, 3)).containsExactly(0.1f, 0, 0.1f);
    assertThat(middles(3, 3)).containsExactly(0.2f, 0.3f, 0.2f);
    assertThat(middles(0, 5)).containsExactly(0.2f, 0.1f, 0, 0.1f, 0.2f);
  }

  @Test
  void hounsfield_units_are_clipped_to_the_window_and_no_number_becomes_zero() {
    float[] out = new float[4];
    read(prepared(-1000, 3000, Float.NaN, 25), 0, 1, new Box(0, 0, 2, 2), out, 0);
    assertThat(out).containsExactly(0, 1, 0, 0.25f);
  }

  @Test
  void a_crop_beyond_the_grid_is_filled_even_in_a_used_array() {
    float[] out = new float[10];
    Arrays.fill(out, 9);
    read(prepared(10, 20, 30, 40), 0, 1, new Box(-1, 1, 3, 3), out, 1);
    assertThat(out).containsExactly(9, 0, 0.3f, 0.4f, 0, 0, 0, 0, 0, 0);

    byte[] labels = new byte[9];
    PreparedCase c = prepared();
    Cut cut = Cut.of(c.geometry(), new Box(-1, 1, 3, 3), AxialTransform.IDENTITY);
    c.bytes(ByteBuffer.wrap(c.truth(Structure.LIVER)), (byte) 7, cut, 0, 1, labels, 0);
    assertThat(labels).containsExactly(7, 1, 1, 7, 7, 7, 7, 7, 7);
  }

  @Test
  void the_liver_holds_its_lesions() {
    PreparedCase c = prepared();
    assertThat(Arrays.copyOf(c.truth(Structure.LIVER), 4)).containsExactly(0, 1, 1, 1);
    assertThat(Arrays.copyOf(c.truth(Structure.LESION), 4)).containsExactly(0, 0, 1, 0);
  }

  @Test
  void a_z_score_follows_the_window_beyond_the_grid_as_well() {
    var grid = Geometry.of(2, 1, 1, new Spacing(1, 1, 1));
    var image = new Volume(grid, new float[] {40, 100});
    PreparedCase c =
        PreparedCase.of(new TinyCase("a", image, null), new HuWindow(0, 100, 0.4, 0.2), 2);
    float[] out = new float[3];
    read(c, 0, 1, new Box(0, 0, 3, 1), out, 0);
    assertThat(out).containsExactly(new float[] {0, 3, -2}, within(1e-6f));
  }

  @Test
  void whole_hounsfield_units_stay_exact() {
    var grid = Geometry.of(501, 1, 1, new Spacing(1, 1, 1));
    float[] hu = new float[501];
    for (int i = 0; i < hu.length; i++) {
      hu[i] = i - 100;
    }
    PreparedCase c =
        PreparedCase.of(new TinyCase("a", new Volume(grid, hu), null), new HuWindow(-100, 400), 2);
    float[] out = new float[501];
    read(c, 0, 1, new Box(0, 0, 501, 1), out, 0);
    for (int i = 0; i < hu.length; i++) {
      assertThat(out[i]).isEqualTo((hu[i] + 100) / 500);
    }
  }

  @Test
  void a_case_without_labels_has_an_image_but_no_truth() {
    var grid = Geometry.of(1, 1, 1, new Spacing(1, 1, 1));
    var image = new Volume(grid, new float[1]);
    PreparedCase c = PreparedCase.of(new TinyCase("volume-3", image, null), new HuWindow(0, 1), 2);
    assertThat(c.voxels(Structure.LIVER, 0)).isZero();
    assertThatThrownBy(() -> c.truth(Structure.LIVER))
        .isInstanceOf(UserError.class)
        .hasMessage("case volume-3: has no labels to compare with; add its segmentation");
  }
}
