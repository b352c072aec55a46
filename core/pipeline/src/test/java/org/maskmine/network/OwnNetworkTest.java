package org.maskmine.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.maskmine.UserError;

class OwnNetworkTest {
  private static Graph graph(int channels, Node.Convolution head, Map<String, String> heads) {
    return new Graph(2, channels, 1, List.of(head), heads);
  }

  private static Node.Convolution head(int channels, int outputs, int kernel, boolean bias) {
    return new Node.Convolution("answer", Graph.IMAGE, channels, outputs, kernel, 1, bias);
  }

  @Test
  void gives_its_only_head_the_structures_name() {
    var own = new OwnNetwork(graph(5, head(5, 2, 1, true), Map.of("anything", "answer")));

    assertThat(own.dimensions()).isEqualTo(2);
    assertThat(own.slices()).isEqualTo(5);
    assertThat(own.levels()).isEqualTo(1);
    assertThat(own.graph("lesion").heads()).containsExactly(Map.entry("lesion", "answer"));
    assertThat(own.graph("lesion").withHead("lesion", 4).classes("lesion")).isEqualTo(4);
  }

  @Test
  void needs_a_head_that_an_error_head_can_replace() {
    List<Node.Convolution> unfit =
        List.of(head(3, 2, 3, true), head(3, 3, 1, true), head(3, 2, 1, false));
    for (Node.Convolution head : unfit) {
      assertThatThrownBy(() -> new OwnNetwork(graph(3, head, Map.of("lesion", "answer"))))
          .isInstanceOf(UserError.class)
          .hasMessage(
              "the graph's head answer: must be a convolution of kernel size 1 with a bias and 2"
                  + " outputs, background and foreground, in whose place an error head can stand;"
                  + " end with new Node.Convolution(name, input, channels, 2, 1, 1, true)");
    }
  }

  @Test
  void has_one_head() {
    var two = graph(3, head(3, 2, 1, true), Map.of("lesion", "answer", "liver", "answer"));
    assertThatThrownBy(() -> new OwnNetwork(two))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "a graph with heads lesion, liver: a network has one, for the structure it segments;"
                + " leave one");
  }

  @Test
  void sees_an_odd_number_of_slices() {
    var even = graph(4, head(4, 2, 1, true), Map.of("lesion", "answer"));
    assertThatThrownBy(() -> new OwnNetwork(even))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "a 2D graph for images of 4 channels: must be an odd number of neighbouring slices; take"
                + " 3");
  }
}
