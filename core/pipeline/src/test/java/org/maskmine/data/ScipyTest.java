package org.maskmine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.Gson;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.maskmine.volume.Geometry;
import org.maskmine.volume.Spacing;

/** Held to {@code src/test/python/weight_maps.py}. */
class ScipyTest {
  private record Values(
      String mask, double[] weights, float[] field, double[][] sigmas, double[][] smoothed) {}

  private static Values scipy() throws IOException {
    var stream = Objects.requireNonNull(ScipyTest.class.getResourceAsStream("scipy.json"));
    try (var in = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
      return new Gson().fromJson(in, Values.class);
    }
  }

  @Test
  void weight_maps_equal_those_of_scipy() throws IOException {
    Values scipy = scipy();
    byte[] mask = new byte[scipy.mask().length()];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = (byte) (scipy.mask().charAt(i) - '0');
    }
    assertClose(WeightMap.slices(mask, 37, 40), scipy.weights());
  }

  @Test
  void smoothing_equals_the_gaussian_filter_of_scipy_even_beyond_short_axes() throws IOException {
    Values scipy = scipy();
    var grid = Geometry.of(12, 9, 5, new Spacing(1, 1, 1));
    for (int i = 0; i < scipy.sigmas().length; i++) {
      float[] field = scipy.field().clone();
      double[] sigma = scipy.sigmas()[i];
      Smoothing.gaussian(field, grid, sigma[0], sigma[1], sigma[2]);
      assertClose(field, scipy.smoothed()[i]);
    }
  }

  private static void assertClose(float[] found, double[] expected) {
    assertThat(found).hasSize(expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) found[i]).isCloseTo(expected[i], within(1e-6));
    }
  }
}
