package org.maskmine.network;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Gathers the nodes of a {@link Graph} into {@link Block}s. */
final class Blocks {
  private final Graph graph;

  Blocks(Graph graph) {
    this.graph = graph;
  }

  List<Block> inOrder() {
    Map<String, List<Node>> nodes = new LinkedHashMap<>();
    for (Node node : graph.nodes()) {
      nodes.computeIfAbsent(block(node.name()), name -> new ArrayList<>()).add(node);
    }
    Map<String, Integer> columns = new LinkedHashMap<>(Map.of(Graph.IMAGE, 0));
    List<Block> blocks = new ArrayList<>();
    nodes.forEach(
        (name, members) -> {
          Set<String> inputs = inputs(name, members);
          int column =
              1 + inputs.stream().mapToInt(i -> columns.getOrDefault(i, 0)).max().orElse(0);
          columns.put(name, column);
          Extent extent = graph.extent(members.get(members.size() - 1).name());
          blocks.add(
              new Block(
                  name,
                  List.copyOf(inputs),
                  extent.channels(),
                  extent.halvings(),
                  column,
                  members.stream().mapToLong(graph::trainedNumbers).sum()));
        });
    return blocks;
  }

  private static Set<String> inputs(String name, List<Node> members) {
    Set<String> inputs = new LinkedHashSet<>();
    members.forEach(node -> node.inputs().forEach(input -> inputs.add(block(input))));
    inputs.remove(name);
    return inputs;
  }

  /** Heads stand alone. */
  private static String block(String node) {
    int dot = node.indexOf('.');
    return dot < 0 || node.startsWith("head.") ? node : node.substring(0, dot);
  }
}
