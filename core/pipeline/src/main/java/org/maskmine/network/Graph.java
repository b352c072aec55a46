package org.maskmine.network;

import java.util.List;
import java.util.Map;

/**
 * A network as data.
 *
 * @param dimensions 2 or 3 spatial axes
 * @param channels channels of the image: neighbouring slices in 2D
 * @param levels depth: every spatial axis of a patch must be divisible by 2^(levels − 1)
 * @param nodes in order of computation; a node reads only earlier ones or {@link #IMAGE}
 * @param heads name of an output, such as {@code lesion}, to the node that gives its logits
 */
public record Graph(
    int dimensions, int channels, int levels, List<Node> nodes, Map<String, String> heads) {
  /** The name under which nodes read the image, float32 [batch, channels, (z,) y, x]. */
  public static final String IMAGE = "image";

  /** Copies the collections. */
  public Graph {
    nodes = List.copyOf(nodes);
    heads = Map.copyOf(heads);
  }

  /** The node with this name. */
  public Node node(String name) {
    return nodes.stream()
        .filter(n -> n.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no node " + name));
  }

  /** What every spatial axis of a patch must be divisible by. */
  public int divisor() {
    return 1 << (levels - 1);
  }
}
