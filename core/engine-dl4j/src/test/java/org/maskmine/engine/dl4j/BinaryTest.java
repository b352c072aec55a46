package org.maskmine.engine.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BinaryTest {
  private static final String HASWELL = "processor\t: 0\nflags\t\t: fpu sse4_2 avx avx2 bmi2\n";
  private static final String IVY_BRIDGE = "processor\t: 0\nflags\t\t: fpu sse4_2 avx f16c\n";

  @Test
  void runs_where_the_library_travels_along_and_the_processor_has_avx2() {
    assertThat(new Binary("linux-x86_64", true, HASWELL).unusable()).isEmpty();
  }

  @Test
  void names_the_missing_library_and_how_to_get_it() {
    assertThat(new Binary("windows-x86_64", false, "").unusable())
        .contains(
            "engine dl4j: no ND4J library for windows-x86_64 on the class path; build with"
                + " nd4j-native's classifier windows-x86_64-onednn-avx2 or take engine(TORCH)");
  }

  @Test
  void names_the_processor_feature_that_is_missing() {
    assertThat(new Binary("linux-x86_64", true, IVY_BRIDGE).unusable())
        .contains(
            "engine dl4j: this processor lacks AVX2, which the ND4J library needs; take engine(TORCH)");
  }
}
