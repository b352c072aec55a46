package org.maskmine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Optional;
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
        new Scan(new Volume(grid, hu), Optional.of(new Mask(grid, labels))), 0, 100);
  }

  private record Scan(Volume image, Optional<Mask> labels) implements Case {
    @Override
    public String id() {
      return "volume-3";
    }

    @Override
    public Geometry geometry() {
      return image.geometry();
    }
  }

  private static float[] middles(int z, int slices) {
    float[] out = new float[slices];
    prepared().stack(z, slices, new Box(0, 0, 1, 1), out, 0);
    return out;
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
    prepared(-1000, 3000, Float.NaN, 25).stack(0, 1, new Box(0, 0, 2, 2), out, 0);
    assertThat(out).containsExactly(0, 1, 0, 0.25f);
  }

  @Test
  void a_crop_beyond_the_grid_is_filled_even_in_a_used_array() {
    float[] out = new float[10];
    Arrays.fill(out, 9);
    prepared(10, 20, 30, 40).stack(0, 1, new Box(-1, 1, 3, 3), out, 1);
    assertThat(out).containsExactly(9, 0, 0.3f, 0.4f, 0, 0, 0, 0, 0, 0);

    byte[] labels = new byte[9];
    PreparedCase c = prepared();
    c.crop(c.truth(Structure.LIVER), 0, new Box(-1, 1, 3, 3), (byte) 7, labels, 0);
    assertThat(labels).containsExactly(7, 1, 1, 7, 7, 7, 7, 7, 7);
  }

  @Test
  void the_liver_holds_its_lesions() {
    PreparedCase c = prepared();
    assertThat(Arrays.copyOf(c.truth(Structure.LIVER), 4)).containsExactly(0, 1, 1, 1);
    assertThat(Arrays.copyOf(c.truth(Structure.LESION), 4)).containsExactly(0, 0, 1, 0);
  }

  @Test
  void refuses_a_case_without_labels() {
    var grid = Geometry.of(1, 1, 1, new Spacing(1, 1, 1));
    var scan = new Scan(new Volume(grid, new float[1]), Optional.empty());
    assertThatThrownBy(() -> PreparedCase.of(scan, 0, 1))
        .isInstanceOf(UserError.class)
        .hasMessage("case volume-3: has no labels to compare with; add its segmentation");
  }
}
