package org.maskmine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.Gson;
import com.google.gson.reflect.TypeToken;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.maskmine.UserError;
import org.maskmine.volume.Geometry;
import org.maskmine.volume.Mask;
import org.maskmine.volume.Spacing;

class PhantomTest {
  /** Volumes per site here, and in {@code src/test/python/phantom_statistics.py}. */
  private static final int VOLUMES = 12;

  private static final int REFERENCE_VOLUMES = 40;

  @Test
  void the_same_seed_draws_the_same_voxels_and_another_seed_others() {
    var first = Phantom.draw(5, Phantom.Site.A);
    var again = Phantom.draw(5, Phantom.Site.A);
    assertThat(again.image().values()).isEqualTo(first.image().values());
    assertThat(again.labels().values()).isEqualTo(first.labels().values());
    var other = Phantom.draw(6, Phantom.Site.A);
    assertThat(other.labels().values()).isNotEqualTo(first.labels().values());
  }

  /** Means agree within four standard errors of their difference. */
  @ParameterizedTest
  @EnumSource
  void statistics_agree_with_the_phantom_of_numpy_and_scipy(Phantom.Site site) throws IOException {
    List<PhantomStatistics> found =
        IntStream.range(0, VOLUMES)
            .parallel()
            .mapToObj(n -> PhantomStatistics.of(Phantom.draw(900 + n, site)))
            .toList();
    Map<String, double[]> expected = Objects.requireNonNull(reference().get(site.name()));
    expected.forEach(
        (name, meanAndSpread) -> {
          double mean = found.stream().mapToDouble(s -> s.get(name)).average().orElseThrow();
          double error = meanAndSpread[1] * Math.sqrt(1.0 / VOLUMES + 1.0 / REFERENCE_VOLUMES);
          assertThat(mean).as(name).isCloseTo(meanAndSpread[0], within(4 * error));
        });
  }

  private static Map<String, Map<String, double[]>> reference() throws IOException {
    var stream = Objects.requireNonNull(PhantomTest.class.getResourceAsStream("phantom.json"));
    try (var in = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
      return new Gson().fromJson(in, new TypeToken<Map<String, Map<String, double[]>>>() {});
    }
  }

  @Test
  void the_phantom_knows_what_it_drew_where() {
    for (int n = 0; n < 10; n++) {
      var drawn = Phantom.draw(40 + n, Phantom.Site.A);
      byte[] parts = drawn.anatomy().values();
      for (int i = 0; i < parts.length; i++) {
        Anatomy part = Anatomy.of(parts[i]);
        boolean inLiver = drawn.labels().values()[i] != 0;
        if (part == Anatomy.VESSEL || part == Anatomy.FOCAL_FAT) {
          assertThat(inLiver).isTrue();
        } else if (part != Anatomy.OTHER) {
          assertThat(inLiver).as(part.label()).isFalse();
        }
      }
      assertThat(drawn.anatomy().count(Anatomy.GALLBLADDER.ordinal())).isPositive();
      assertThat(drawn.anatomy().count(Anatomy.STOMACH.ordinal())).isPositive();
      assertThat(drawn.anatomy().count(Anatomy.VESSEL.ordinal())).isPositive();
    }
  }

  @Test
  void another_grid_holds_livers_of_the_same_size_in_other_voxels() {
    var usual = new Phantom.Options(4, 8, 1, 0);
    var other = usual.size(48, 10);
    Geometry g = other.draw(0).image().geometry();
    assertThat(g.size()).isEqualTo("48×48×10");
    assertThat(g.spacing().xMm()).isCloseTo(7.2, within(1e-12));
    assertThat(g.spacing().zMm()).isCloseTo(10, within(1e-12));
    double litres = litres(usual);
    assertThat(litres(other)).isCloseTo(litres, within(0.35 * litres));
  }

  /** Of the liver, on average; single livers vary by half. */
  private static double litres(Phantom.Options options) {
    return IntStream.range(0, options.training())
        .mapToDouble(n -> litres(options.draw(n)))
        .average()
        .orElseThrow();
  }

  private static double litres(Phantom.Drawn drawn) {
    Geometry g = drawn.labels().geometry();
    return drawn.labels().where(Structure.LIVER::holds).count(1) * g.spacing().voxelMm3() / 1e6;
  }

  @Test
  void difficulty_sets_the_contrast_of_lesions_and_the_noise() {
    var normal = Phantom.Site.A.style();
    var hard = normal.made(Phantom.Difficulty.HARD);
    assertThat(hard.noiseHu()).isCloseTo(16.9, within(1e-9));
    assertThat(hard.lowestLesionHu()).isCloseTo(-39, within(1e-9));
    assertThat(normal.made(Phantom.Difficulty.NORMAL)).isEqualTo(normal);
    assertThat(normal.made(Phantom.Difficulty.EASY).highestLesionHu()).isCloseTo(-32, within(1e-9));
  }

  @Test
  void the_shift_of_the_test_cases_goes_from_the_training_sites_to_site_T() {
    var options = new Phantom.Options(4, 2, 1, 2);
    assertThat(options.draw(3).image().values())
        .isEqualTo(Phantom.draw(4 * 100_003 + 3, Phantom.Site.T).image().values());
    assertThat(options.siteShift(0).draw(3).image().values())
        .isEqualTo(Phantom.draw(4 * 100_003 + 3, Phantom.Site.B).image().values());
    var half = Phantom.Site.A.style().towards(Phantom.Site.T.style(), 0.5);
    assertThat(half.liverHu()).isEqualTo(100);
    assertThat(half.shadingHu()).isEqualTo(3);
  }

  @Test
  void options_out_of_range_are_refused_with_a_remedy() {
    var options = Phantom.Options.ofSeed(0);
    refuses(
        () -> options.size(16, 14),
        "phantom of 16×16×14 voxels: has 32 to 256 along x and y and 8 to 64 slices; try size(96,"
            + " 20)");
    refuses(
        () -> options.siteShift(2),
        "shift(2.0): must be 0, no shift, to 1, site T; try shift(0.5)");
    refuses(
        () -> options.cases(0, 1, 1),
        "phantom of 0 training, 1 validation and 1 test cases: needs at least one training and one"
            + " validation case and at most 1000 together");
  }

  private static void refuses(ThrowingCallable call, String sentence) {
    assertThatThrownBy(call).isInstanceOf(UserError.class).hasMessage(sentence);
  }

  @Test
  void lesions_are_painted_into_any_liver_of_any_spacing() {
    var grid = Geometry.of(40, 30, 20, new Spacing(3, 3, 3));
    var liver = Mask.empty(grid);
    for (int z = 3; z < 17; z++) {
      for (int y = 5; y < 25; y++) {
        for (int x = 5; x < 35; x++) {
          liver.values()[grid.index(x, y, z)] = 1;
        }
      }
    }
    float[] hu = new float[grid.voxels()];
    byte[] lesions = new LesionPainter(liver, -65, -20).paint(new SplittableRandom(1), hu, 100);
    int painted = 0;
    for (int i = 0; i < lesions.length; i++) {
      painted += lesions[i];
      assertThat(lesions[i]).isLessThanOrEqualTo(liver.values()[i]);
      assertThat(hu[i] != 0).isEqualTo(lesions[i] != 0);
    }
    assertThat(painted).isGreaterThanOrEqualTo(4);
  }
}
