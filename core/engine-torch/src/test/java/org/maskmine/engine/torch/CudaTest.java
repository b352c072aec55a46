package org.maskmine.engine.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.maskmine.engine.Card;

final class CudaTest {
  private static final Card HOPPER = new Card(0, "NVIDIA H200", 90, "580.159.04", 143771, "GPU-1");
  private static final Set<String> ALL = Set.copyOf(Cuda.NEEDED);

  private static Optional<String> unusable(Card card) {
    return new Cuda("linux-x86_64", true, ALL).unusable(Optional.of(card));
  }

  @Test
  void cards_of_compute_capability_7_5_and_newer_are_usable() {
    assertThat(unusable(HOPPER)).isEmpty();
    for (int capability : new int[] {75, 80, 86, 89, 90, 100, 103, 120, 121}) {
      assertThat(unusable(new Card(0, "card", capability, "580.65.06", 8192, "GPU-1")))
          .as("" + capability)
          .isEmpty();
    }
  }

  @Test
  void older_cards_are_sent_to_CUDA_11_or_the_processor() {
    assertThat(unusable(new Card(0, "GTX 1080", 61, "580.65.06", 8192, "GPU-1")))
        .contains(
            "GTX 1080 (compute capability 6.1, driver 580.65.06): libtorch for CUDA 13 has code for"
                + " compute capability 7.5 to 10.3 and 12; take device(\"cpu\"), or environment/lab"
                + " --gpu cuda11");
    assertThat(unusable(new Card(0, "Tesla K80", 37, "470.10", 11441, "GPU-1")))
        .contains(
            "Tesla K80 (compute capability 3.7, driver 470.10): libtorch for CUDA 13 has code for"
                + " compute capability 7.5 to 10.3 and 12; take device(\"cpu\")");
  }

  @Test
  void an_old_driver_is_named() {
    assertThat(unusable(new Card(0, "A100", 80, "535.54.03", 40960, "GPU-1")))
        .contains(
            "A100 (compute capability 8.0, driver 535.54.03): CUDA 13 needs driver 580 or newer;"
                + " update the driver");
  }

  @Test
  void a_build_without_the_pack_says_how_to_get_it() {
    assertThat(new Cuda("linux-x86_64", false, ALL).unusable(Optional.of(HOPPER)))
        .contains(
            HOPPER
                + ": this build has no CUDA libraries of libtorch; start it with environment/lab"
                + " --gpu cuda13");
  }

  @Test
  void missing_libraries_are_named() {
    var some = new HashSet<>(ALL);
    some.remove("libcudnn.so.9");
    some.remove("libnccl.so.2");
    assertThat(new Cuda("linux-x86_64", true, some).unusable(Optional.of(HOPPER)))
        .contains(
            HOPPER
                + ": libcudnn.so.9, libnccl.so.2 not found; install CUDA 13 and cuDNN 9, or start"
                + " with environment/lab --gpu cuda13, which brings them");
  }

  @Test
  void a_card_that_is_not_there_is_refused() {
    assertThat(new Cuda("linux-x86_64", true, ALL).unusable(Optional.empty()))
        .contains("the driver lists no such card; devices() shows those it lists");
  }
}
