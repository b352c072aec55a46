package org.maskmine.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.maskmine.UserError;

class UNetTest {
  static UNet demo() {
    return UNet.twoD().base(8).levels(3).blocks(Connectivity.BASIC).squeezeExcitation(false);
  }

  private static long trained(Graph graph) {
    return graph.parameters().stream().filter(Parameter::trained).mapToLong(Parameter::size).sum();
  }

  @Test
  void the_demo_network_has_the_160930_parameters_that_PyTorch_counts() {
    assertThat(trained(demo().graph("lesion"))).isEqualTo(160_930);
  }

  @Test
  void an_error_head_has_four_rows_instead_of_two_and_changes_nothing_else() {
    Graph base = demo().graph("lesion");
    Graph appended = base.withHead("lesion", 4);
    assertThat(trained(appended) - trained(base)).isEqualTo(2 * 16 + 2);
    int last = base.nodes().size() - 1;
    assertThat(appended.nodes().subList(0, last)).isEqualTo(base.nodes().subList(0, last));
    assertThat(appended.node("head.lesion.4").inputs())
        .isEqualTo(base.node("head.lesion").inputs());
    assertThat(base.classes("lesion")).isEqualTo(2);
    assertThat(appended.classes("lesion")).isEqualTo(4);
  }

  @Test
  void the_first_block_of_the_demo_network_reads_norm_convolution_rectifier_twice() {
    assertThat(demo().graph("lesion").nodes().stream().map(Node::name))
        .startsWith(
            "stem.conv",
            "stem.norm",
            "stem.act",
            "enc0.norm0",
            "enc0.conv0",
            "enc0.act0",
            "enc0.norm1",
            "enc0.conv1",
            "enc0.act1",
            "down0");
  }

  @ParameterizedTest
  @EnumSource
  void every_connectivity_fits_together_in_2D_and_3D(Connectivity blocks) {
    for (UNet net : new UNet[] {UNet.twoD(), UNet.threeD()}) {
      for (Downsampling down : Downsampling.values()) {
        Graph graph = net.base(4).levels(3).blocks(blocks).down(down).graph("liver");
        assertThat(graph.extent("head.liver")).isEqualTo(new Extent(2, 0));
        assertThat(graph.extent("enc2.act1")).isEqualTo(new Extent(32, 2));
      }
    }
  }

  @Test
  void group_norm_takes_twice_the_base_as_groups_where_it_divides_the_channels() {
    Graph graph = UNet.threeD().base(8).levels(2).blocks(Connectivity.DENSE).graph("liver");
    assertThat(((Node.GroupNorm) graph.node("stem.norm")).groups()).isEqualTo(8);
    assertThat(((Node.GroupNorm) graph.node("dec0.norm0")).groups()).isEqualTo(16);
    assertThat(((Node.GroupNorm) graph.node("enc0.norm1")).channels()).isEqualTo(24);
    assertThat(((Node.GroupNorm) graph.node("enc0.norm1")).groups()).isEqualTo(8);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 0, -1})
  void refuses_slices_without_a_middle(int slices) {
    assertThatThrownBy(() -> UNet.twoD().slices(slices))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "slices(%d): must be odd, as many neighbours above as below; take slices(%d)"
                .formatted(slices, Math.max(0, slices) + 1));
  }

  @Test
  void refuses_slices_in_3D() {
    assertThatThrownBy(() -> UNet.threeD().slices(3))
        .isInstanceOf(UserError.class)
        .hasMessage("slices(3): a 3D network reads its neighbours itself; leave slices out");
  }

  @Test
  void refuses_a_depth_of_none() {
    assertThatThrownBy(() -> UNet.twoD().levels(0))
        .isInstanceOf(UserError.class)
        .hasMessage("depth(0): must be 1 to 8 levels; take depth(4)");
  }

  @Test
  void refuses_a_width_of_one() {
    assertThatThrownBy(() -> UNet.twoD().base(1))
        .isInstanceOf(UserError.class)
        .hasMessage("base(1): a network needs at least 2 channels; take base(8)");
  }
}
