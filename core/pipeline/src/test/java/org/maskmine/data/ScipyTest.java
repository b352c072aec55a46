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
import org.maskmine.volume.Mask;
import org.maskmine.volume.Spacing;
import org.maskmine.volume.Volume;

/** Held to {@code src/test/python/weight_maps.py}. */
class ScipyTest {
  private record Values(
      String mask,
      double[] weights,
      String solid,
      double[] liver3d,
      double[] lesion3d,
      float[] field,
      double[][] sigmas,
      double[][] smoothed) {}

  private static Values scipy() throws IOException {
    var stream = Objects.requireNonNull(ScipyTest.class.getResourceAsStream("scipy.json"));
    try (var in = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
      return new Gson().fromJson(in, Values.class);
    }
  }

  @Test
  void weight_maps_of_slices_equal_those_of_scipy() throws IOException {
    byte[] mask = bits(scipy().mask());
    PreparedCase prepared = prepared(mask, Geometry.of(37, 40, 4, new Spacing(1, 1, 1)), 2);
    assertWeights(prepared, Structure.LIVER, scipy().weights());
    assertWeights(prepared, Structure.LESION, scipy().weights());
  }

  @Test
  void weight_maps_of_volumes_equal_those_of_scipy() throws IOException {
    byte[] mask = bits(scipy().solid());
    PreparedCase prepared = prepared(mask, Geometry.of(24, 22, 20, new Spacing(1, 1, 1)), 3);
    assertWeights(prepared, Structure.LIVER, scipy().liver3d());
    assertWeights(prepared, Structure.LESION, scipy().lesion3d());
  }

  private static byte[] bits(String text) {
    byte[] mask = new byte[text.length()];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = (byte) (text.charAt(i) - '0');
    }
    return mask;
  }

  /** Every voxel of the mask is a lesion, and so belongs to both structures. */
  private static PreparedCase prepared(byte[] mask, Geometry grid, int dimensions) {
    byte[] labels = new byte[mask.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (byte) (2 * mask[i]);
    }
    var image = new Volume(grid, new float[mask.length]);
    return PreparedCase.of(
        new TinyCase("volume-3", image, new Mask(grid, labels)), new HuWindow(0, 1), dimensions);
  }

  private static void assertWeights(PreparedCase prepared, Structure structure, double[] expected) {
    Geometry grid = prepared.geometry();
    Cut cut = Cut.of(grid, new Box(0, 0, grid.nx(), grid.ny()), AxialTransform.IDENTITY);
    float[] found = new float[grid.voxels()];
    prepared.pixelWeights(structure, cut, 0, grid.nz(), found, 0);
    assertClose(found, expected, 1e-5);
  }

  @Test
  void smoothing_equals_the_gaussian_filter_of_scipy_even_beyond_short_axes() throws IOException {
    Values scipy = scipy();
    var grid = Geometry.of(12, 9, 5, new Spacing(1, 1, 1));
    for (int i = 0; i < scipy.sigmas().length; i++) {
      float[] field = scipy.field().clone();
      double[] sigma = scipy.sigmas()[i];
      Smoothing.gaussian(field, grid, sigma[0], sigma[1], sigma[2]);
      assertClose(field, scipy.smoothed()[i], 1e-6);
    }
  }

  private static void assertClose(float[] found, double[] expected, double tolerance) {
    assertThat(found).hasSize(expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) found[i]).isCloseTo(expected[i], within(tolerance));
    }
  }
}
