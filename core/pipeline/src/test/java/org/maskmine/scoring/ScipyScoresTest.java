package org.maskmine.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.Gson;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.maskmine.volume.Geometry;
import org.maskmine.volume.Mask;
import org.maskmine.volume.Spacing;
import org.maskmine.volume.Volume;

/** Held to {@code src/test/python/scores.py}. */
class ScipyScoresTest {
  private record Values(
      double toleranceMm,
      int[] shape,
      List<Stored> cases,
      double[] differences,
      double[] interval,
      double[] seeds,
      double seedsMean,
      double seedsDeviation) {}

  private record Stored(
      double[] spacing,
      String truth,
      String prediction,
      String liver,
      double dice,
      double jaccard,
      double precision,
      double recall,
      double volumeError,
      double[] truthOverlaps,
      double[] predictionOverlaps,
      double[] diametersMm,
      double[] contrastsHu,
      Surfaces surfaces) {}

  private record Surfaces(double assd, double hd95, double dice) {}

  private static final Values SCIPY = read();

  private static Values read() {
    var stream = Objects.requireNonNull(ScipyScoresTest.class.getResourceAsStream("scores.json"));
    try (var in = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
      return new Gson().fromJson(in, Values.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void voxel_scores_equal_numpys() {
    for (Stored c : SCIPY.cases()) {
      var confusion = Confusion.of(bytes(c.prediction()), bytes(c.truth()));
      assertThat(confusion.dice()).isCloseTo(c.dice(), within(1e-12));
      assertThat(confusion.jaccard()).isCloseTo(c.jaccard(), within(1e-12));
      assertThat(confusion.precision()).isCloseTo(c.precision(), within(1e-12));
      assertThat(confusion.recall()).isCloseTo(c.recall(), within(1e-12));
      assertThat(confusion.volumeError()).isCloseTo(c.volumeError(), within(1e-12));
    }
  }

  @Test
  void lesions_are_matched_as_the_challenge_describes() {
    for (Stored c : SCIPY.cases()) {
      Detection found =
          LesionMatching.of(
              mask(c, c.prediction()), mask(c, c.truth()), image(grid(c)), mask(c, c.liver()));
      close(found.truths().stream().mapToDouble(Lesion::overlap).toArray(), c.truthOverlaps());
      close(
          found.predictions().stream().mapToDouble(Lesion::overlap).toArray(),
          c.predictionOverlaps());
      close(found.truths().stream().mapToDouble(Lesion::diameterMm).toArray(), c.diametersMm());
      close(found.truths().stream().mapToDouble(Lesion::contrastHu).toArray(), c.contrastsHu());
    }
  }

  @Test
  void surface_distances_equal_scipys() {
    for (Stored c : SCIPY.cases()) {
      SurfaceDistances measured =
          SurfaceDistances.of(mask(c, c.prediction()), mask(c, c.truth()), SCIPY.toleranceMm())
              .orElseThrow();
      assertThat(measured.assdMm()).isCloseTo(c.surfaces().assd(), within(1e-5));
      assertThat(measured.hd95Mm()).isCloseTo(c.surfaces().hd95(), within(1e-5));
      assertThat(measured.surfaceDice()).isCloseTo(c.surfaces().dice(), within(1e-12));
    }
  }

  @Test
  void the_spread_over_seeds_is_the_sample_standard_deviation() {
    Summary summary = Summary.of(Arrays.stream(SCIPY.seeds()));
    assertThat(summary.mean()).isCloseTo(SCIPY.seedsMean(), within(1e-12));
    assertThat(summary.deviation()).isCloseTo(SCIPY.seedsDeviation(), within(1e-12));
    assertThat(summary.n()).isEqualTo(5);
  }

  @Test
  void the_bootstrap_interval_is_scipys_up_to_chance() {
    PairedDifference difference = PairedDifference.of(SCIPY.differences());
    assertThat(difference.low()).isCloseTo(SCIPY.interval()[0], within(1e-3));
    assertThat(difference.high()).isCloseTo(SCIPY.interval()[1], within(1e-3));
    assertThat(PairedDifference.of(SCIPY.differences())).isEqualTo(difference);
  }

  private static Geometry grid(Stored c) {
    int[] n = SCIPY.shape();
    double[] mm = c.spacing();
    return Geometry.of(n[0], n[1], n[2], new Spacing(mm[0], mm[1], mm[2]));
  }

  private static Volume image(Geometry grid) {
    float[] hu = new float[grid.voxels()];
    for (int i = 0; i < hu.length; i++) {
      hu[i] = i * 37 % 101;
    }
    return new Volume(grid, hu);
  }

  private static Mask mask(Stored c, String digits) {
    return new Mask(grid(c), bytes(digits));
  }

  private static byte[] bytes(String digits) {
    byte[] out = new byte[digits.length()];
    for (int i = 0; i < out.length; i++) {
      out[i] = (byte) (digits.charAt(i) - '0');
    }
    return out;
  }

  private static void close(double[] found, double[] expected) {
    assertThat(found).hasSize(expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertThat(found[i]).isCloseTo(expected[i], within(1e-6));
    }
  }
}
