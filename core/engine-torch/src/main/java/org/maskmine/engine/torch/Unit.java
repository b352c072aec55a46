package org.maskmine.engine.torch;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.maskmine.network.Node;

/**
 * Nodes that are computed together, most often one alone.
 *
 * @param name of the feature map that they give
 * @param inputs the feature maps that they read
 * @param node what is computed
 * @param carries whether a convolution's input is added to its result
 * @param skip the convolution of kernel size 1 that the input passes on that way, if any
 * @param before the norm that a convolution's input passes first, if any
 * @param after the norm that a convolution's result passes, if any
 */
record Unit(
    String name,
    List<String> inputs,
    Node node,
    boolean carries,
    Node.@Nullable Convolution skip,
    Node.@Nullable BatchNorm before,
    Node.@Nullable BatchNorm after) {

  static Unit of(Node node) {
    return new Unit(node.name(), node.inputs(), node, false, null, null, null);
  }

  /** A convolution and the sum of its result with its input, or with a convolution of that. */
  static Unit residual(Node.Sum sum, Node.Convolution node, Node.@Nullable Convolution skip) {
    return new Unit(sum.name(), node.inputs(), node, true, skip, null, null);
  }

  Unit after(Node.BatchNorm norm) {
    return new Unit(name, norm.inputs(), node, carries, skip, norm, after);
  }

  Unit followedBy(Node.BatchNorm norm) {
    return new Unit(norm.name(), inputs, node, carries, skip, before, norm);
  }

  /** A convolution that keeps its size, so that its input can be added. */
  boolean keepsSize() {
    return node instanceof Node.Convolution c && c.stride() == 1;
  }

  /** Whether anything is computed with the node. */
  boolean isAlone() {
    return !carries && before == null && after == null;
  }

  Stream<Node> nodes() {
    return Stream.of(node, skip, before, after).filter(Objects::nonNull);
  }
}
