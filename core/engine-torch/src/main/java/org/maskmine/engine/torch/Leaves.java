package org.maskmine.engine.torch;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;
import org.maskmine.network.Graph;
import org.maskmine.network.Node;
import org.maskmine.network.Parameter;

/**
 * The trained arrays as the operations read them: views of the float32 values, or of their bfloat16
 * shadow where an operation computes in bfloat16 (convolutions, but never heads).
 */
final class Leaves {
  private final Map<String, Tensor> tensors = new HashMap<>();
  private final Map<String, TensorOptional> optionals = new HashMap<>();
  private final Tensor values;
  private final @Nullable Tensor shadow;

  Leaves(Graph graph, Layout layout, Tensor values, boolean bfloat16, Owned owned) {
    this.values = values;
    this.shadow = bfloat16 ? owned.keep(values.to(ScalarType.BFloat16)) : null;
    Set<String> halved = shadow == null ? Set.of() : halved(graph);
    for (Layout.Slot slot : layout.slots().values()) {
      Tensor source = shadow != null && halved.contains(slot.name()) ? shadow : values;
      Tensor leaf = owned.keep(FlatArrays.view(source, slot).detach());
      leaf.set_requires_grad(true);
      tensors.put(slot.name(), leaf);
      optionals.put(slot.name(), owned.keep(new TensorOptional(leaf)));
    }
  }

  /** Residual layers add their kernels in float32 before they are halved. */
  private static Set<String> halved(Graph graph) {
    Set<String> heads = Set.copyOf(graph.heads().values());
    Set<String> names = new HashSet<>();
    for (Unit unit : Units.needed(graph, heads)) {
      Node node = unit.node();
      boolean convolves = node instanceof Node.Convolution || node instanceof Node.Upsampling;
      if (convolves && unit.isAlone() && !heads.contains(node.name())) {
        node.parameters(graph.dimensions()).stream().map(Parameter::name).forEach(names::add);
      }
    }
    return names;
  }

  /** Follows the values after they changed. */
  void refresh() {
    if (shadow != null) {
      shadow.copy_(values);
    }
  }

  Tensor tensor(String name) {
    return Tensors.present(tensors.get(name), name);
  }

  TensorOptional optional(String name) {
    return Tensors.present(optionals.get(name), name);
  }
}
