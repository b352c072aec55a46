package org.maskmine.engine.dl4j;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.maskmine.network.Graph;
import org.maskmine.network.Parameter;
import org.maskmine.network.Weights;

/**
 * Where every array of a graph lies in Deeplearning4j's flat weights, which follow its own order of
 * vertices.
 */
final class Layout {
  private final Graph graph;
  private final Map<String, Integer> offsets = new HashMap<>();

  Layout(Graph graph, ComputationGraph network) {
    this.graph = graph;
    int offset = 0;
    for (int index : network.topologicalSortOrder()) {
      if (network.getVertices()[index] instanceof Operation operation) {
        for (Parameter p : operation.parameters()) {
          offsets.put(p.name(), offset);
          offset += p.size();
        }
      }
    }
  }

  /** How many numbers the flat weights of a graph hold. */
  static long length(Graph graph) {
    return graph.parameters().stream().mapToLong(Parameter::size).sum();
  }

  /**
   * Named arrays as flat weights; arrays that the graph does not know are left out.
   *
   * @param prefix before each name
   */
  float[] flat(Weights weights, String prefix) {
    float[] flat = new float[(int) length(graph)];
    for (Parameter p : graph.parameters()) {
      Weights.Array array = weights.arrays().get(prefix + p.name());
      if (array != null) {
        System.arraycopy(array.values(), 0, flat, offset(p), p.size());
      }
    }
    return flat;
  }

  /** All arrays by name, in the graph's order. */
  Map<String, Weights.Array> named(float[] flat) {
    return named(graph.parameters(), "", flat);
  }

  /** The trained arrays by name behind a prefix, in the graph's order. */
  Map<String, Weights.Array> trained(String prefix, float[] flat) {
    List<Parameter> trained = graph.parameters().stream().filter(Parameter::trained).toList();
    return named(trained, prefix, flat);
  }

  private Map<String, Weights.Array> named(
      List<Parameter> parameters, String prefix, float[] flat) {
    Map<String, Weights.Array> arrays = new LinkedHashMap<>();
    for (Parameter p : parameters) {
      float[] values = new float[p.size()];
      System.arraycopy(flat, offset(p), values, 0, values.length);
      arrays.put(prefix + p.name(), new Weights.Array(p.shape(), values));
    }
    return arrays;
  }

  /** The trained arrays that these heads depend on, as ranges of the flat weights. */
  List<Adam.Range> reachedBy(Set<String> heads) {
    Set<String> nodes = new HashSet<>();
    heads.forEach(h -> nodes.add(graph.heads().get(h)));
    List<Adam.Range> ranges = new ArrayList<>();
    for (int i = graph.nodes().size() - 1; i >= 0; i--) {
      var node = graph.nodes().get(i);
      if (nodes.contains(node.name())) {
        nodes.addAll(node.inputs());
        node.parameters(graph.dimensions()).stream()
            .filter(Parameter::trained)
            .forEach(p -> ranges.add(new Adam.Range(offset(p), offset(p) + p.size())));
      }
    }
    ranges.sort(Comparator.comparingLong(Adam.Range::from));
    return Adam.Range.joined(ranges);
  }

  private int offset(Parameter p) {
    Integer offset = offsets.get(p.name());
    if (offset == null) {
      throw new IllegalStateException("no place for " + p.name());
    }
    return offset;
  }
}
