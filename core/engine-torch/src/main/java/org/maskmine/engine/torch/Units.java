package org.maskmine.engine.torch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maskmine.network.Graph;
import org.maskmine.network.Node;

/**
 * Finds what can be computed together without changing a result by more than rounding.
 *
 * <p>A residual layer is one convolution: convolving is linear, so adding the input, or its
 * convolution of kernel size 1, is adding to the kernel's centre. Where running statistics
 * normalise, a norm is a factor and a shift per channel, which the convolution after it (or before
 * it) can do as well.
 */
final class Units {
  private final Map<String, Unit> units = new LinkedHashMap<>();
  private final Map<String, Integer> readers = new HashMap<>();
  private final Set<String> outputs;

  private Units(List<Unit> units, Set<String> outputs) {
    this.outputs = outputs;
    for (Unit unit : units) {
      this.units.put(unit.name(), unit);
      unit.inputs().forEach(input -> readers.merge(input, 1, Integer::sum));
    }
    outputs.forEach(output -> readers.merge(output, 1, Integer::sum));
  }

  /** The units that some outputs need, each node by itself. */
  static List<Unit> single(Graph graph, Set<String> outputs) {
    return needed(graph.nodes().stream().map(Unit::of).toList(), outputs);
  }

  /** The units that some outputs need, residual layers as one each. */
  static List<Unit> needed(Graph graph, Set<String> outputs) {
    var all = new Units(graph.nodes().stream().map(Unit::of).toList(), outputs(graph));
    for (Node node : graph.nodes()) {
      if (node instanceof Node.Sum sum && sum.inputs().size() == 2) {
        all.mergeResidual(sum);
      }
    }
    return needed(List.copyOf(all.units.values()), outputs);
  }

  /** The same with norms folded into convolutions: for running statistics. */
  static List<Unit> folded(List<Unit> units, Set<String> outputs) {
    var all = new Units(units, outputs);
    units.forEach(all::foldNormBefore);
    units.stream()
        .map(unit -> all.units.get(unit.name()))
        .filter(unit -> unit != null)
        .forEach(all::foldNormAfter);
    return List.copyOf(all.units.values());
  }

  private static Set<String> outputs(Graph graph) {
    return Set.copyOf(graph.heads().values());
  }

  private static List<Unit> needed(List<Unit> units, Set<String> outputs) {
    Set<String> wanted = new HashSet<>(outputs);
    List<Unit> needed = new ArrayList<>();
    for (int i = units.size() - 1; i >= 0; i--) {
      if (wanted.contains(units.get(i).name())) {
        wanted.addAll(units.get(i).inputs());
        needed.add(0, units.get(i));
      }
    }
    return needed;
  }

  private void mergeResidual(Node.Sum sum) {
    Unit first = own(sum.inputs().get(0));
    if (first == null || !(first.node() instanceof Node.Convolution c) || !first.keepsSize()) {
      return;
    }
    String carried = sum.inputs().get(1);
    Unit second = own(carried);
    if (carried.equals(c.input())) {
      replace(Unit.residual(sum, c, null), c);
    } else if (second != null
        && second.node() instanceof Node.Convolution skip
        && second.keepsSize()
        && skip.kernel() == 1
        && skip.input().equals(c.input())) {
      replace(Unit.residual(sum, c, skip), c, skip);
    }
  }

  /** A plain unit that only one other reads. */
  private @Nullable Unit own(String name) {
    Unit unit = units.get(name);
    return unit != null && readers.getOrDefault(name, 0) == 1 ? unit : null;
  }

  private void replace(Unit merged, Node... parts) {
    for (Node part : parts) {
      units.remove(part.name());
    }
    units.put(merged.name(), merged);
    readers.merge(merged.inputs().get(0), -parts.length, Integer::sum);
  }

  /**
   * Only kernels up to 3: {@link Border} repairs what the padding would see. Heads stay alone, as
   * they compute in float32.
   */
  private void foldNormBefore(Unit unit) {
    if (!unit.keepsSize()
        || ((Node.Convolution) unit.node()).kernel() > 3
        || outputs.contains(unit.name())) {
      return;
    }
    Unit input = own(unit.inputs().get(0));
    if (input != null && input.node() instanceof Node.BatchNorm norm) {
      units.remove(input.name());
      units.put(unit.name(), unit.after(norm));
    }
  }

  private void foldNormAfter(Unit unit) {
    if (!(unit.node() instanceof Node.BatchNorm norm)) {
      return;
    }
    Unit input = own(norm.input());
    if (input != null && input.node() instanceof Node.Convolution) {
      units.remove(input.name());
      units.put(norm.name(), input.followedBy(norm));
    }
  }
}
