package org.maskmine.volume;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DistanceTransformTest {
  @Test
  void distances_in_a_slice_equal_those_of_scipy() {
    for (Grids.Slice slice : Grids.read().slices()) {
      float[] found = DistanceTransform.inPlane(Grids.bytes(slice.mask()), slice.nx(), slice.ny());
      assertClose(found, slice.distances());
    }
  }

  @Test
  void distances_in_millimetres_equal_those_of_scipy_with_unequal_spacing() {
    for (Grids.Solid solid : Grids.read().volumes()) {
      assertClose(DistanceTransform.millimetres(solid.asMask()), solid.millimetres());
    }
  }

  @Test
  void distances_are_infinite_where_no_voxel_is_set() {
    assertThat(DistanceTransform.inPlane(new byte[12], 4, 3)).containsOnly(Float.POSITIVE_INFINITY);
  }

  @Test
  void a_single_voxel_in_a_corner_is_seen_from_the_far_corner() {
    var mask = Mask.empty(Geometry.of(5, 4, 3, new Spacing(2, 3, 10)));
    mask.values()[0] = 2;
    float[] found = DistanceTransform.millimetres(mask);
    assertThat(found[mask.geometry().index(4, 3, 2)])
        .isEqualTo((float) Math.sqrt(8 * 8 + 9 * 9 + 20 * 20));
  }

  private static void assertClose(float[] found, double[] expected) {
    assertThat(found).hasSize(expected.length);
    for (int i = 0; i < found.length; i++) {
      assertThat((double) found[i]).isCloseTo(expected[i], within(expected[i]));
    }
  }

  private static org.assertj.core.data.Offset<Double> within(double value) {
    return org.assertj.core.data.Offset.offset(1e-6 * (1 + value));
  }
}
