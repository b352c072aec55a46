package org.maskmine.engine.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.maskmine.engine.Card;
import org.maskmine.engine.Device;

final class CudaTest {
  private static final Card HOPPER = new Card(0, "NVIDIA H200", 90, "580.159.04", 143771, "GPU-1");
  private static final Card BLACKWELL =
      new Card(0, "NVIDIA RTX 5090", 120, "580.65", 32768, "GPU-1");
  private static final Card AMPERE =
      new Card(0, "NVIDIA RTX 3060", 86, "535.54.03", 12288, "GPU-1");
  private static final Card MAXWELL = new Card(0, "NVIDIA GTX 750", 50, "470.10", 2048, "GPU-1");
  private static final Card KEPLER = new Card(0, "Tesla K80", 37, "470.10", 11441, "GPU-1");
  private static final Binary PROCESSOR = new Binary("linux-x86_64", true, "flags : avx2");

  private static Cuda cuda(Map<String, String> environment) {
    return new Cuda(true, environment, PROCESSOR);
  }

  @Test
  void cards_that_the_binaries_have_code_for_are_usable_where_the_pack_is() {
    assertThat(cuda(Map.of()).unusable(Device.gpu(0), List.of(AMPERE))).isEmpty();
    assertThat(cuda(Map.of()).unusable(Device.gpu(0), List.of(MAXWELL))).isEmpty();
  }

  @Test
  void Hopper_and_Blackwell_are_never_offered() {
    assertThat(cuda(Map.of()).unusable(Device.gpu(0), List.of(HOPPER)))
        .contains(
            "NVIDIA H200 (compute capability 9.0, driver 580.159.04): ND4J for CUDA 11 has code for"
                + " compute capability 5.0 to 8.9; take engine(TORCH)");
    assertThat(cuda(Map.of()).unusable(Device.gpu(0), List.of(BLACKWELL)))
        .contains(
            "NVIDIA RTX 5090 (compute capability 12.0, driver 580.65): ND4J for CUDA 11 has code"
                + " for compute capability 5.0 to 8.9; take engine(TORCH)");
    assertThat(cuda(Map.of()).unusable(Device.gpu(0), List.of(KEPLER)))
        .contains(
            "Tesla K80 (compute capability 3.7, driver 470.10): ND4J for CUDA 11 has code for"
                + " compute capability 5.0 to 8.9; take device(\"cpu\")");
  }

  @Test
  void ND4Js_priorities_decide_which_of_its_back_ends_runs() {
    var processor = Map.of("BACKEND_PRIORITY_GPU", "0", "BACKEND_PRIORITY_CPU", "100");
    assertThat(cuda(processor).unusable(Device.gpu(0), List.of(AMPERE)))
        .contains(
            "NVIDIA RTX 3060 (compute capability 8.6, driver 535.54.03): ND4J was started for the"
                + " processor; start it with environment/lab --gpu cuda11");
    assertThat(cuda(processor).withoutGpu(List.of(AMPERE))).isEmpty();
    assertThat(cuda(Map.of()).withoutGpu(List.of(AMPERE)))
        .contains(
            "engine dl4j: ND4J was started for the card and uses one back end at a time; take"
                + " engine(TORCH), or start with environment/lab --gpu cpu");
    assertThat(cuda(Map.of()).withoutGpu(List.of())).isEmpty();
  }

  @Test
  void without_the_pack_a_card_is_refused_and_the_processor_used() {
    var plain = new Cuda(false, Map.of(), PROCESSOR);
    assertThat(plain.unusable(Device.gpu(0), List.of(AMPERE)))
        .contains(
            "NVIDIA RTX 3060 (compute capability 8.6, driver 535.54.03): ND4J was started for the"
                + " processor; start it with environment/lab --gpu cuda11");
    assertThat(plain.withoutGpu(List.of(AMPERE))).isEmpty();
  }

  @Test
  void other_cards_than_the_first_are_made_the_first_by_CUDAs_variable() {
    Card second = new Card(1, "NVIDIA RTX 3060", 86, "535.54.03", 12288, "GPU-1");
    assertThat(cuda(Map.of()).unusable(Device.gpu(1), List.of(AMPERE, second)))
        .contains(
            "engine dl4j: ND4J computes on gpu:0; set CUDA_VISIBLE_DEVICES=1 before the start, and"
                + " take gpu:0");
    assertThat(cuda(Map.of()).unusable(Device.gpu(2), List.of(AMPERE, second)))
        .contains("the driver lists no such card; devices() shows those it lists");
  }
}
