package org.maskmine.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.maskmine.UserError;

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

  /** Copies the collections and checks that every node finds inputs that fit. */
  public Graph {
    nodes = List.copyOf(nodes);
    heads = Map.copyOf(heads);
    Map<String, Extent> extents = extents(channels, nodes);
    int depth = extents.values().stream().mapToInt(Extent::halvings).max().orElse(0);
    if (depth != levels - 1) {
      throw new IllegalArgumentException(
          levels + " levels announced, nodes halve the patch " + depth + " times");
    }
    for (var head : heads.entrySet()) {
      Extent extent = extents.get(head.getValue());
      if (extent == null || extent.halvings() != 0) {
        throw new IllegalArgumentException(
            "head " + head.getKey() + " needs a node of full resolution: " + head.getValue());
      }
    }
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

  /** Every array of weights that the nodes need, in order of computation. */
  public List<Parameter> parameters() {
    return nodes.stream().flatMap(n -> n.parameters(dimensions).stream()).toList();
  }

  /** How many numbers are trained. */
  public long trainedNumbers() {
    return nodes.stream().mapToLong(this::trainedNumbers).sum();
  }

  long trainedNumbers(Node node) {
    return node.parameters(dimensions).stream()
        .filter(Parameter::trained)
        .mapToLong(Parameter::size)
        .sum();
  }

  /**
   * Every node as the row of a table.
   *
   * @param patch spatial axes of the image, outermost first
   * @throws UserError where the network cannot compute such a patch
   */
  public List<Layer> layers(int... patch) {
    checkPatch(channels, patch);
    return nodes.stream()
        .map(
            n ->
                new Layer(
                    n.name(),
                    n.operation(dimensions),
                    n.inputs(),
                    extent(n.name()).channels(),
                    extent(n.name()).size(patch),
                    trainedNumbers(n)))
        .toList();
  }

  /** The network's drawing as data: its blocks in order of computation. */
  public List<Block> blocks() {
    return new Blocks(this).inOrder();
  }

  /** The size of every feature map, by name and in order, {@link #IMAGE} first. */
  public Map<String, Extent> extents() {
    return extents(channels, nodes);
  }

  /** The size of the feature map that a node gives, or of {@link #IMAGE}. */
  public Extent extent(String name) {
    Extent extent = extents().get(name);
    if (extent == null) {
      throw new IllegalArgumentException("no node " + name);
    }
    return extent;
  }

  /**
   * Channels of a head: 2 for (background, foreground), 4 for an error head.
   *
   * @throws UserError where there is no such head
   */
  public int classes(String head) {
    return extent(headNode(head)).channels();
  }

  /**
   * This graph with another number of outputs on one head: a new convolution of kernel size 1,
   * named {@code head.<head>.<classes>}, on the same last feature map (PAPER section 1, the error
   * prediction layer). Every other node stays, so that their trained weights are kept; the old head
   * stays as well where another node reads it, as the lesion part of a combined network does.
   *
   * @param classes outputs of the new head
   * @throws UserError where there is no such head
   */
  public Graph withHead(String head, int classes) {
    Node old = node(headNode(head));
    String input = old.inputs().get(0);
    int features = extent(input).channels();
    var node =
        new Node.Convolution("head." + head + "." + classes, input, features, classes, 1, 1, true);
    Map<String, String> replaced = new HashMap<>(heads);
    replaced.put(head, node.name());
    return new Graph(
        dimensions,
        channels,
        levels,
        nodes.stream()
            .flatMap(
                n -> n != old ? Stream.of(n) : isRead(old) ? Stream.of(old, node) : Stream.of(node))
            .toList(),
        replaced);
  }

  private boolean isRead(Node node) {
    return nodes.stream().anyMatch(n -> n.inputs().contains(node.name()));
  }

  /**
   * Refuses a patch that this network cannot compute.
   *
   * @param imageChannels channels of the image, neighbouring slices in 2D
   * @param size spatial axes, outermost first: [y, x] or [z, y, x]
   * @throws UserError with the value, the rule and the remedy
   */
  public void checkPatch(int imageChannels, int[] size) {
    if (size.length != dimensions) {
      throw new UserError(
          "a patch of "
              + times(size)
              + " voxels: a "
              + dimensions
              + "D network needs "
              + dimensions
              + " sides; cut patches with that many, or take a "
              + size.length
              + "D network");
    }
    if (imageChannels != channels) {
      throw new UserError(
          "an image of "
              + imageChannels
              + " channels: the network was drawn for "
              + channels
              + "; cut patches with slices("
              + channels
              + ")");
    }
    if (Arrays.stream(size).anyMatch(s -> s <= 0 || s % divisor() != 0)) {
      int[] fitting =
          Arrays.stream(size)
              .map(s -> Math.max(1, -Math.floorDiv(-s, divisor())) * divisor())
              .toArray();
      throw new UserError(
          "a patch of "
              + times(size)
              + " voxels: every side must be divisible by "
              + divisor()
              + ", as "
              + levels
              + " levels halve it "
              + (levels - 1)
              + " times; take "
              + times(fitting));
    }
  }

  /**
   * Refuses weights that do not belong to this graph.
   *
   * @throws UserError naming the first array that is missing, too much or of another shape
   */
  public void checkWeights(Weights weights) {
    var left = new TreeSet<>(weights.arrays().keySet());
    for (Parameter p : parameters()) {
      if (!left.remove(p.name())) {
        throw new UserError(
            "the weights lack "
                + p.name()
                + " "
                + Arrays.toString(p.shape())
                + ": every array of the network must be there; take weights that were saved from the same network");
      }
      int[] shape = weights.get(p.name()).shape();
      if (!Arrays.equals(shape, p.shape())) {
        throw new UserError(
            "the weights hold "
                + p.name()
                + " "
                + Arrays.toString(shape)
                + ": the network needs "
                + Arrays.toString(p.shape())
                + "; take weights that were saved from the same network");
      }
    }
    if (!left.isEmpty()) {
      throw new UserError(
          "the weights hold "
              + left.first()
              + ": the network has no such array; take weights that were saved from the same network");
    }
  }

  private String headNode(String head) {
    String node = heads.get(head);
    if (node == null) {
      throw new UserError(
          "no head "
              + head
              + ": this network has "
              + String.join(", ", new TreeSet<>(heads.keySet()))
              + "; name one of these");
    }
    return node;
  }

  private static Map<String, Extent> extents(int channels, List<Node> nodes) {
    Map<String, Extent> extents = new LinkedHashMap<>();
    extents.put(IMAGE, new Extent(channels, 0));
    for (Node node : nodes) {
      List<Extent> inputs = new ArrayList<>();
      for (String input : node.inputs()) {
        Extent extent = extents.get(input);
        if (extent == null) {
          throw new IllegalArgumentException(
              node.name() + " reads " + input + ", which is not an earlier node");
        }
        inputs.add(extent);
      }
      if (extents.put(node.name(), node.extent(inputs)) != null) {
        throw new IllegalArgumentException("two nodes are called " + node.name());
      }
    }
    return extents;
  }

  private static String times(int[] size) {
    return IntStream.of(size).mapToObj(Integer::toString).collect(Collectors.joining(" × "));
  }
}
