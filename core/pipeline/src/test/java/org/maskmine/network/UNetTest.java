package org.maskmine.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
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

  @Test
  void shows_itself_as_a_table_of_layers() {
    List<Layer> layers = demo().base(2).levels(2).graph("lesion").layers(8, 16);
    assertThat(layers.stream().limit(5).map(UNetTest::row))
        .containsExactly(
            "stem.conv | convolution 3×3 | [image] | 2 | [8, 16] | 56",
            "stem.norm | batch norm | [stem.conv] | 2 | [8, 16] | 4",
            "stem.act | leaky ReLU 0.05 | [stem.norm] | 2 | [8, 16] | 0",
            "enc0.norm0 | batch norm | [stem.act] | 2 | [8, 16] | 4",
            "enc0.conv0 | convolution 3×3 | [enc0.norm0] | 4 | [8, 16] | 76");
    assertThat(layers.stream().filter(l -> l.name().matches("down0|up0|cat0")).map(UNetTest::row))
        .containsExactly(
            "down0 | convolution 3×3, stride 2 | [enc0.act1] | 4 | [4, 8] | 148",
            "up0 | transposed convolution 4×4, stride 2 | [enc1.act1] | 4 | [8, 16] | 516",
            "cat0 | concatenation | [up0, enc0.act1] | 8 | [8, 16] | 0");
  }

  private static String row(Layer layer) {
    return String.join(
        " | ",
        layer.name(),
        layer.operation(),
        layer.inputs().toString(),
        Integer.toString(layer.channels()),
        Arrays.toString(layer.size()),
        Long.toString(layer.parameters()));
  }

  @Test
  void shows_itself_as_the_boxes_of_a_drawing() {
    Graph graph = UNet.twoD().base(2).levels(2).graph("lesion");
    assertThat(
            graph.blocks().stream()
                .map(b -> b.column() + " " + b.halvings() + " " + b.name() + " " + b.inputs()))
        .containsExactly(
            "1 0 stem [image]",
            "2 0 enc0 [stem]",
            "3 1 down0 [enc0]",
            "4 1 enc1 [down0]",
            "5 0 up0 [enc1]",
            "6 0 cat0 [up0, enc0]",
            "7 0 dec0 [cat0]",
            "8 0 head.lesion [dec0]");
    assertThat(graph.blocks().stream().mapToLong(Block::parameters).sum())
        .isEqualTo(trained(graph))
        .isEqualTo(graph.trainedNumbers());
  }

  /** The second part's stem reads one channel more: 8 kernels of 3×3. */
  @Test
  void a_combined_network_is_two_that_share_the_image() {
    UNet lesion = demo().levels(2);
    Graph combined = demo().combined("liver", lesion, "lesion");
    assertThat(combined.heads().keySet()).containsExactlyInAnyOrder("liver", "lesion");
    assertThat(combined.divisor()).isEqualTo(4);
    assertThat(combined.node("lesion_input").inputs())
        .containsExactly(Graph.IMAGE, "liver_probability");
    assertThat(trained(combined))
        .isEqualTo(trained(demo().graph("liver")) + trained(lesion.graph("lesion")) + 8 * 9);
  }

  @Test
  void an_error_head_on_the_first_part_leaves_what_the_second_sees() {
    Graph base = demo().combined("liver", demo(), "lesion");
    Graph appended = base.withHead("liver", 4).withHead("lesion", 4);
    assertThat(appended.node("liver_probability").inputs()).containsExactly("head.liver");
    assertThat(appended.classes("liver")).isEqualTo(4);
    assertThat(trained(appended) - trained(base)).isEqualTo(4 * 17 + 2 * 17);
  }

  @Test
  void refuses_to_combine_networks_of_different_images() {
    assertThatThrownBy(() -> demo().combined("liver", demo().slices(5), "lesion"))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "a combined network of 2D with slices(3) and 2D with slices(5): both parts see the same"
                + " image; give both the same dimensions and slices");
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
