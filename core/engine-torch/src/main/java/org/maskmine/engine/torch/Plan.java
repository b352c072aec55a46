package org.maskmine.engine.torch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.maskmine.network.Graph;
import org.maskmine.network.Node;

/**
 * Which nodes some heads need, in order, and when each feature map is read for the last time.
 *
 * @param stages only the nodes that the heads depend on
 * @param outputs the node of each head
 */
record Plan(List<Stage> stages, Map<String, String> outputs) {
  /**
   * One node.
   *
   * @param inPlace whether the node overwrites its input, which nothing else reads
   * @param finished feature maps that nothing reads afterwards
   */
  record Stage(Node node, boolean inPlace, List<String> finished) {}

  static Plan of(Graph graph, Set<String> heads) {
    Map<String, String> outputs = new HashMap<>();
    heads.forEach(head -> outputs.put(head, Tensors.present(graph.heads().get(head), head)));
    List<Node> nodes = needed(graph, Set.copyOf(outputs.values()));
    Map<String, Integer> readers = readers(nodes, outputs);
    Map<String, Integer> left = new HashMap<>(readers);
    List<Stage> stages = new ArrayList<>();
    for (Node node : nodes) {
      List<String> finished = new ArrayList<>();
      for (String input : node.inputs()) {
        if (left.merge(input, -1, Integer::sum) == 0) {
          finished.add(input);
        }
      }
      stages.add(new Stage(node, inPlace(graph, node, readers), finished));
    }
    return new Plan(stages, outputs);
  }

  private static List<Node> needed(Graph graph, Set<String> outputs) {
    Set<String> wanted = new HashSet<>(outputs);
    List<Node> nodes = new ArrayList<>();
    for (int i = graph.nodes().size() - 1; i >= 0; i--) {
      Node node = graph.nodes().get(i);
      if (wanted.contains(node.name())) {
        wanted.addAll(node.inputs());
        nodes.add(0, node);
      }
    }
    return nodes;
  }

  /** Counts the reads of each feature map; a head's output is read once more, by the caller. */
  private static Map<String, Integer> readers(List<Node> nodes, Map<String, String> outputs) {
    Map<String, Integer> readers = new HashMap<>();
    nodes.forEach(node -> node.inputs().forEach(input -> readers.merge(input, 1, Integer::sum)));
    outputs.values().forEach(output -> readers.merge(output, 1, Integer::sum));
    return readers;
  }

  /** A rectifier may overwrite what convolutions, norms and sums give: they do not keep it. */
  private static boolean inPlace(Graph graph, Node node, Map<String, Integer> readers) {
    if (!(node instanceof Node.LeakyRelu relu)
        || relu.input().equals(Graph.IMAGE)
        || readers.getOrDefault(relu.input(), 0) != 1) {
      return false;
    }
    Node input = graph.node(relu.input());
    return input instanceof Node.Convolution
        || input instanceof Node.BatchNorm
        || input instanceof Node.GroupNorm
        || input instanceof Node.Sum;
  }
}
