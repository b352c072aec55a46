package org.maskmine.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.Gson;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Held to {@code src/test/python/orientation.py}. */
class OrientationTest {
  private record Turn(
      double[] affine, byte[] labels, int[] size, double[] canonicalAffine, byte[] canonical) {
    Geometry source() {
      return new Geometry(5, 4, 3, OrientationTest.affine(affine));
    }
  }

  private record Sampled(
      double[] wanted, float[] hu, byte[] labels, int[] size, double[] linear, byte[] nearest) {
    Geometry source() {
      return Geometry.of(13, 11, 7, new Spacing(0.7, 0.9, 2.5));
    }

    Geometry target() {
      return Resampling.grid(source(), new Spacing(wanted[0], wanted[1], wanted[2]));
    }
  }

  private record Values(Turn[] turns, Sampled[] spacings) {}

  private static Values expected() throws IOException {
    var stream = OrientationTest.class.getResourceAsStream("orientation.json");
    try (var in = new InputStreamReader(Objects.requireNonNull(stream), StandardCharsets.UTF_8)) {
      return new Gson().fromJson(in, Values.class);
    }
  }

  private static Affine affine(double[] a) {
    return new Affine(a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7], a[8], a[9], a[10], a[11]);
  }

  private static double[] numbers(Affine a) {
    return new double[] {
      a.xx(), a.xy(), a.xz(), a.x0(), a.yx(), a.yy(), a.yz(), a.y0(), a.zx(), a.zy(), a.zz(), a.z0()
    };
  }

  @Test
  void axes_become_left_posterior_superior_as_nibabel_finds_them_oblique_ones_too()
      throws IOException {
    for (Turn turn : expected().turns()) {
      var orientation = Orientation.of(turn.source());
      Mask canonical = orientation.toCanonical(new Mask(turn.source(), turn.labels()));
      Geometry g = canonical.geometry();
      assertThat(new int[] {g.nx(), g.ny(), g.nz()}).isEqualTo(turn.size());
      assertThat(canonical.values()).isEqualTo(turn.canonical());
      assertThat(numbers(g.affine())).containsExactly(turn.canonicalAffine(), within(1e-9));
    }
  }

  @Test
  void the_way_back_restores_grid_and_labels() throws IOException {
    for (Turn turn : expected().turns()) {
      var orientation = Orientation.of(turn.source());
      Mask back =
          orientation.toSource(orientation.toCanonical(new Mask(turn.source(), turn.labels())));
      assertThat(back.geometry()).isEqualTo(turn.source());
      assertThat(back.values()).isEqualTo(turn.labels());
    }
  }

  @Test
  void images_turn_as_labels_do_and_canonical_ones_are_left_alone() throws IOException {
    for (Turn turn : expected().turns()) {
      var orientation = Orientation.of(turn.source());
      float[] values = new float[turn.labels().length];
      for (int i = 0; i < values.length; i++) {
        values[i] = turn.labels()[i];
      }
      var volume = new Volume(turn.source(), values);
      float[] found = orientation.toCanonical(volume).values();
      for (int i = 0; i < found.length; i++) {
        assertThat(found[i]).isEqualTo(turn.canonical()[i]);
      }
    }
    Turn lps = expected().turns()[0];
    var volume = new Volume(lps.source(), new float[60]);
    assertThat(Orientation.of(lps.source()).isCanonical()).isTrue();
    assertThat(Orientation.of(lps.source()).toCanonical(volume)).isSameAs(volume);
  }

  @Test
  void images_are_resampled_linearly_and_masks_at_the_nearest_as_scipy_does() throws IOException {
    for (Sampled s : expected().spacings()) {
      Geometry target = s.target();
      assertThat(new int[] {target.nx(), target.ny(), target.nz()}).isEqualTo(s.size());
      float[] found = Resampling.linear(new Volume(s.source(), s.hu()), target).values();
      for (int i = 0; i < found.length; i++) {
        assertThat((double) found[i]).isCloseTo(s.linear()[i], within(1e-3));
      }
      assertThat(Resampling.nearest(new Mask(s.source(), s.labels()), target).values())
          .isEqualTo(s.nearest());
    }
  }

  @Test
  void another_spacing_covers_the_same_block_of_space() throws IOException {
    for (Sampled s : expected().spacings()) {
      Geometry g = s.target();
      Spacing spacing = g.spacing();
      assertThat(spacing.xMm()).isCloseTo(s.wanted()[0], within(1e-9));
      assertThat(spacing.zMm()).isCloseTo(s.wanted()[2], within(1e-9));
      // The outer face of the first voxel: half a voxel before its centre.
      assertThat(g.affine().x0() - spacing.xMm() / 2).isCloseTo(-0.35, within(1e-9));
      assertThat(g.affine().y0() - spacing.yMm() / 2).isCloseTo(-0.45, within(1e-9));
      assertThat(g.affine().z0() - spacing.zMm() / 2).isCloseTo(-1.25, within(1e-9));
    }
  }

  @Test
  void a_mask_comes_back_from_a_finer_grid_unchanged() {
    Geometry source = Geometry.of(6, 5, 4, new Spacing(0.7, 0.9, 2.5));
    byte[] labels = new byte[120];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (byte) (i * 7 % 3);
    }
    Geometry fine = Resampling.grid(source, new Spacing(0.35, 0.3, 1.25));
    Mask back = Resampling.nearest(Resampling.nearest(new Mask(source, labels), fine), source);
    assertThat(back.geometry()).isEqualTo(source);
    assertThat(back.values()).isEqualTo(labels);
  }
}
