package org.maskmine.volume;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ComponentsTest {
  @Test
  void components_by_faces_edges_and_corners_equal_those_of_scipy() {
    for (Grids.Solid solid : Grids.read().volumes()) {
      Mask mask = solid.asMask();
      assertThat(Components.label(mask, Connectivity.FACES).labels()).isEqualTo(solid.faces());
      assertThat(Components.label(mask, Connectivity.EDGES).labels()).isEqualTo(solid.edges());
      assertThat(Components.label(mask, Connectivity.CORNERS).labels()).isEqualTo(solid.corners());
    }
  }

  @Test
  void sizes_count_the_voxels_of_each_component() {
    Components.Labelling found = Components.label(mask("110010111"), Connectivity.FACES);
    assertThat(found.sizes()).containsExactly(2, 1, 3);
    assertThat(found.count()).isEqualTo(3);
  }

  @Test
  void the_largest_component_equals_that_of_scipy() {
    for (Grids.Solid solid : Grids.read().volumes()) {
      assertThat(Grids.bits(Components.largest(solid.asMask()).values()))
          .isEqualTo(solid.largest());
    }
  }

  @Test
  void of_equally_large_components_the_first_is_the_largest() {
    assertThat(Grids.bits(Components.largest(mask("010110110")).values())).isEqualTo("000110000");
  }

  @Test
  void an_empty_mask_has_no_components_and_an_empty_largest_one() {
    assertThat(Components.label(mask("000"), Connectivity.CORNERS).count()).isZero();
    assertThat(Components.largest(mask("000")).count(1)).isZero();
  }

  private static Mask mask(String line) {
    return new Mask(Geometry.of(line.length(), 1, 1, new Spacing(1, 1, 1)), Grids.bytes(line));
  }
}
