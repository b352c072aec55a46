package org.maskmine.network;

import java.util.Map;
import org.maskmine.UserError;

/**
 * A graph of one's own, to be trained like the paper's U-Net.
 *
 * @param graph with one head, whose last node an error head can replace (PAPER section 2.2)
 */
public record OwnNetwork(Graph graph) implements Architecture {
  /**
   * Checks that the head gives background and foreground, and can be replaced.
   *
   * @throws UserError with the value, the rule and the remedy
   */
  public OwnNetwork {
    if (graph.heads().size() != 1) {
      throw new UserError(
          "a graph with heads "
              + String.join(", ", graph.heads().keySet().stream().sorted().toList())
              + ": a network has one, for the structure it segments; leave one");
    }
    Node head = graph.node(graph.heads().values().iterator().next());
    if (!(head instanceof Node.Convolution c)
        || c.outChannels() != 2
        || c.kernel() != 1
        || c.stride() != 1
        || !c.bias()) {
      throw new UserError(
          "the graph's head "
              + head.name()
              + ": must be a convolution of kernel size 1 with a bias and 2 outputs, background and"
              + " foreground, in whose place an error head can stand; end with new"
              + " Node.Convolution(name, input, channels, 2, 1, 1, true)");
    }
    if (graph.dimensions() == 2 ? graph.channels() % 2 == 0 : graph.channels() != 1) {
      throw new UserError(
          "a "
              + graph.dimensions()
              + "D graph for images of "
              + graph.channels()
              + " channels: "
              + (graph.dimensions() == 2
                  ? "must be an odd number of neighbouring slices; take 3"
                  : "a 3D network reads its neighbours itself; take 1"));
    }
  }

  @Override
  public int dimensions() {
    return graph.dimensions();
  }

  @Override
  public int slices() {
    return graph.channels();
  }

  @Override
  public int levels() {
    return graph.levels();
  }

  @Override
  public String kind() {
    return graph.dimensions() + "D graph";
  }

  @Override
  public String settings() {
    return graph.nodes().size() + " nodes";
  }

  @Override
  public String smaller() {
    return "";
  }

  @Override
  public Graph graph(String head) {
    return new Graph(
        graph.dimensions(),
        graph.channels(),
        graph.levels(),
        graph.nodes(),
        Map.of(head, graph.heads().values().iterator().next()));
  }
}
