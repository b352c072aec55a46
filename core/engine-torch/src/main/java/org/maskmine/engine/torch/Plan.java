package org.maskmine.engine.torch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.maskmine.network.Graph;
import org.maskmine.network.Node;

/**
 * Which units some heads need, in order, and when each feature map is read for the last time.
 *
 * @param stages only the units that the heads depend on
 * @param outputs the node of each head
 */
record Plan(List<Stage> stages, Map<String, String> outputs) {
  /**
   * One unit.
   *
   * @param inPlace whether it overwrites its input, which nothing else reads
   * @param finished feature maps that nothing reads afterwards
   */
  record Stage(Unit unit, boolean inPlace, List<String> finished) {}

  /** For training: a batch's own statistics normalise. */
  static Plan training(Graph graph, Set<String> heads, Place place) {
    Map<String, String> outputs = outputs(graph, heads);
    return of(trained(graph, Set.copyOf(outputs.values()), place), outputs);
  }

  /**
   * On the processor residual layers as one unit each: less is computed. A card adds their input
   * sooner than it gets the small operations that change a kernel.
   */
  static List<Unit> trained(Graph graph, Set<String> outputs, Place place) {
    return place.gpu() ? Units.single(graph, outputs) : Units.needed(graph, outputs);
  }

  /** For evaluation of every head: running statistics normalise. */
  static Plan prediction(Graph graph) {
    Set<String> outputs = Set.copyOf(graph.heads().values());
    return of(Units.folded(Units.needed(graph, outputs), outputs), graph.heads());
  }

  private static Map<String, String> outputs(Graph graph, Set<String> heads) {
    return heads.stream()
        .collect(
            Collectors.toMap(
                Function.identity(), head -> Tensors.present(graph.heads().get(head), head)));
  }

  private static Plan of(List<Unit> units, Map<String, String> outputs) {
    Map<String, Integer> readers = readers(units, outputs);
    Map<String, Integer> left = new HashMap<>(readers);
    Map<String, Node> nodes = new HashMap<>();
    List<Stage> stages = new ArrayList<>();
    for (Unit unit : units) {
      List<String> finished = new ArrayList<>();
      for (String input : unit.inputs()) {
        if (left.merge(input, -1, Integer::sum) == 0) {
          finished.add(input);
        }
      }
      stages.add(new Stage(unit, inPlace(unit, nodes, readers), finished));
      nodes.put(unit.name(), unit.node());
    }
    return new Plan(stages, outputs);
  }

  /** Counts the reads of each feature map; a head's output is read once more, by the caller. */
  private static Map<String, Integer> readers(List<Unit> units, Map<String, String> outputs) {
    Map<String, Integer> readers = new HashMap<>();
    units.forEach(unit -> unit.inputs().forEach(input -> readers.merge(input, 1, Integer::sum)));
    outputs.values().forEach(output -> readers.merge(output, 1, Integer::sum));
    return readers;
  }

  /** A rectifier may overwrite what convolutions, norms and sums give: they do not keep it. */
  private static boolean inPlace(
      Unit unit, Map<String, Node> before, Map<String, Integer> readers) {
    if (!(unit.node() instanceof Node.LeakyRelu relu)
        || readers.getOrDefault(relu.input(), 0) != 1) {
      return false;
    }
    Node input = before.get(relu.input());
    return input instanceof Node.Convolution
        || input instanceof Node.BatchNorm
        || input instanceof Node.GroupNorm
        || input instanceof Node.Sum;
  }
}
