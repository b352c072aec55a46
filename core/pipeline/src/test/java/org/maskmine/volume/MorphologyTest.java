package org.maskmine.volume;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MorphologyTest {
  @Test
  void a_square_grows_and_shrinks_a_slice_as_in_scipy() {
    for (Grids.Slice slice : Grids.read().slices()) {
      byte[] grown = Morphology.dilateSquare(Grids.bytes(slice.mask()), slice.nx(), slice.ny(), 2);
      assertThat(Grids.bits(grown)).isEqualTo(slice.dilated());
      byte[] shrunk = Morphology.erodeSquare(grown, slice.nx(), slice.ny(), 2);
      assertThat(Grids.bits(shrunk)).isEqualTo(slice.eroded());
    }
  }

  @Test
  void face_neighbours_grow_and_shrink_a_volume_as_in_scipy() {
    for (Grids.Solid solid : Grids.read().volumes()) {
      Mask grown = Morphology.dilate(solid.asMask(), 2);
      assertThat(Grids.bits(grown.values())).isEqualTo(solid.dilatedTwice());
      assertThat(Grids.bits(Morphology.erode(grown, 1).values()))
          .isEqualTo(solid.erodedOfDilated());
    }
  }
}
