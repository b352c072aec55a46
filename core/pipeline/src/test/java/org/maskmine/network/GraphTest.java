package org.maskmine.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.maskmine.UserError;

class GraphTest {
  private final Graph demo = UNetTest.demo().graph("lesion");

  @Test
  void takes_a_patch_that_every_level_can_halve() {
    assertThat(demo.divisor()).isEqualTo(4);
    assertThatCode(() -> demo.checkPatch(3, new int[] {40, 44})).doesNotThrowAnyException();
  }

  @Test
  void refuses_a_patch_that_cannot_be_halved_and_names_the_next_that_can() {
    assertThatThrownBy(() -> demo.checkPatch(3, new int[] {42, 40}))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "a patch of 42 × 40 voxels: every side must be divisible by 4, as 3 levels halve it 2"
                + " times; take 44 × 40");
  }

  @Test
  void refuses_an_image_of_other_channels() {
    assertThatThrownBy(() -> demo.checkPatch(1, new int[] {40, 40}))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "an image of 1 channels: the network was drawn for 3; cut patches with slices(3)");
  }

  @Test
  void refuses_a_3D_patch_for_a_2D_network() {
    assertThatThrownBy(() -> demo.checkPatch(3, new int[] {8, 40, 40}))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "a patch of 8 × 40 × 40 voxels: a 2D network needs 2 sides; cut patches with that many,"
                + " or take a 3D network");
  }

  @Test
  void refuses_a_head_that_does_not_exist_and_names_those_that_do() {
    assertThatThrownBy(() -> demo.classes("liver"))
        .isInstanceOf(UserError.class)
        .hasMessage("no head liver: this network has lesion; name one of these");
  }

  @Test
  void refuses_weights_that_lack_an_array() {
    Map<String, Weights.Array> arrays =
        new LinkedHashMap<>(InitialWeights.heNormal(demo, 1).arrays());
    arrays.remove("enc0.conv0.weight");
    assertThatThrownBy(() -> demo.checkWeights(new Weights(arrays)))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "the weights lack enc0.conv0.weight [16, 8, 3, 3]: every array of the network must be"
                + " there; take weights that were saved from the same network");
  }

  @Test
  void refuses_weights_of_a_wider_network() {
    Weights wider = InitialWeights.heNormal(UNetTest.demo().base(16).graph("lesion"), 1);
    assertThatThrownBy(() -> demo.checkWeights(wider))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "the weights hold stem.conv.weight [16, 3, 3, 3]: the network needs [8, 3, 3, 3]; take"
                + " weights that were saved from the same network");
  }

  @Test
  void refuses_weights_with_a_head_too_many() {
    Map<String, Weights.Array> arrays =
        new LinkedHashMap<>(InitialWeights.heNormal(demo, 1).arrays());
    arrays.put("head.errors.bias", new Weights.Array(new int[] {4}, new float[4]));
    assertThatThrownBy(() -> demo.checkWeights(new Weights(arrays)))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "the weights hold head.errors.bias: the network has no such array; take weights that"
                + " were saved from the same network");
  }

  @Test
  void cannot_be_built_from_a_node_that_reads_a_later_one() {
    var act = new Node.LeakyRelu("a", "b", 0.05);
    assertThatThrownBy(() -> new Graph(2, 3, 1, List.of(act), Map.of()))
        .hasMessage("a reads b, which is not an earlier node");
  }

  @Test
  void cannot_be_built_from_a_convolution_of_other_channels() {
    var conv = new Node.Convolution("c", Graph.IMAGE, 1, 2, 3, 1, true);
    assertThatThrownBy(() -> new Graph(2, 3, 1, List.of(conv), Map.of("lesion", "c")))
        .hasMessage("c expects 1 channels and reads 3");
  }
}
