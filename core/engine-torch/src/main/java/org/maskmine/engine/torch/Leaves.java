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
  private final Tensor gradients;
  private final @Nullable Tensor shadow;
  private final @Nullable Tensor shadowGradients;

  /**
   * @param values float32, all arrays
   * @param gradients float32, as long; see {@link #gather}
   */
  Leaves(
      Graph graph,
      Layout layout,
      Tensor values,
      Tensor gradients,
      boolean bfloat16,
      Place place,
      Owned owned) {
    this.values = values;
    this.gradients = gradients;
    this.shadow = bfloat16 ? owned.keep(values.to(ScalarType.BFloat16)) : null;
    this.shadowGradients = bfloat16 ? owned.keep(gradients.to(ScalarType.BFloat16)) : null;
    Set<String> halved = bfloat16 ? halved(graph, place) : Set.of();
    for (Layout.Slot slot : layout.slots().values()) {
      boolean half = halved.contains(slot.name());
      Tensor source = half && shadow != null ? shadow : values;
      Tensor slope = half && shadowGradients != null ? shadowGradients : gradients;
      Tensor leaf = owned.keep(FlatArrays.view(source, slot).detach());
      leaf.set_requires_grad(true);
      leaf.mutable_grad().put(owned.keep(FlatArrays.view(slope, slot)));
      tensors.put(slot.name(), leaf);
      optionals.put(slot.name(), owned.keep(new TensorOptional(leaf)));
    }
  }

  /** Sets every gradient to 0; a backward pass adds to them where they lie. */
  void clear() {
    gradients.zero_();
    if (shadowGradients != null) {
      shadowGradients.zero_();
    }
  }

  /** Brings what a backward pass left into the float32 gradients. */
  void gather() {
    if (shadowGradients != null) {
      gradients.add_(shadowGradients);
    }
  }

  /** Residual layers add their kernels in float32 before they are halved. */
  private static Set<String> halved(Graph graph, Place place) {
    Set<String> heads = Set.copyOf(graph.heads().values());
    Set<String> names = new HashSet<>();
    for (Unit unit : Plan.trained(graph, heads, place)) {
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
