package org.maskmine.network;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * One operation of a {@link Graph}. Feature maps are [batch, channel, y, x] in 2D and [batch,
 * channel, z, y, x] in 3D; {@code input} and {@code inputs} name earlier nodes or {@link
 * Graph#IMAGE}. Trained arrays are named {@code <node>.<array>}.
 */
public sealed interface Node {
  /** Unique within the graph, such as {@code enc1.conv0}. */
  String name();

  /** The nodes whose feature maps this one reads. */
  List<String> inputs();

  /** The arrays of weights, in order; empty for an operation without weights. */
  default List<Parameter> parameters(int dimensions) {
    return List.of();
  }

  /** What it does, in words: {@code convolution 3×3, stride 2}. */
  String operation(int dimensions);

  /**
   * The size of the result for the sizes of the inputs.
   *
   * @throws IllegalArgumentException where the inputs do not fit
   */
  Extent extent(List<Extent> inputs);

  /**
   * Convolution with odd kernel and "same" zero padding (kernel / 2) along every axis.
   *
   * <p>Weights: {@code weight} [out, in, kernel…], and {@code bias} [out] where {@code bias}.
   */
  record Convolution(
      String name,
      String input,
      int inChannels,
      int outChannels,
      int kernel,
      int stride,
      boolean bias)
      implements Node {
    @Override
    public String operation(int dimensions) {
      return "convolution " + sides(kernel, dimensions) + (stride == 1 ? "" : ", stride " + stride);
    }

    @Override
    public List<String> inputs() {
      return List.of(input);
    }

    @Override
    public List<Parameter> parameters(int dimensions) {
      int[] shape = kernelShape(outChannels, inChannels, kernel, dimensions);
      Parameter weight =
          Parameter.weight(name + ".weight", inChannels * power(kernel, dimensions), shape);
      return bias ? List.of(weight, Parameter.bias(name + ".bias", outChannels)) : List.of(weight);
    }

    @Override
    public Extent extent(List<Extent> inputs) {
      Extent same = Extent.only(name, inputs, inChannels).withChannels(outChannels);
      return stride == 2 ? same.halved() : same;
    }
  }

  /**
   * Transposed convolution, kernel 4, stride 2, padding 1: doubles every axis.
   *
   * <p>Weights: {@code weight} [in, out, 4…], {@code bias} [out].
   */
  record Upsampling(String name, String input, int inChannels, int outChannels) implements Node {
    @Override
    public String operation(int dimensions) {
      return "transposed convolution " + sides(4, dimensions) + ", stride 2";
    }

    @Override
    public List<String> inputs() {
      return List.of(input);
    }

    /** Each output voxel sees 2 of the 4 kernel weights along every axis: fan-in is in · 2^d. */
    @Override
    public List<Parameter> parameters(int dimensions) {
      int[] shape = kernelShape(inChannels, outChannels, 4, dimensions);
      return List.of(
          Parameter.weight(name + ".weight", inChannels * power(2, dimensions), shape),
          Parameter.bias(name + ".bias", outChannels));
    }

    @Override
    public Extent extent(List<Extent> inputs) {
      return Extent.only(name, inputs, inChannels).withChannels(outChannels).doubled();
    }
  }

  /** Maximum over 2 voxels along every axis, stride 2. No weights. */
  record MaxPooling(String name, String input) implements Node {
    @Override
    public String operation(int dimensions) {
      return "max pooling " + sides(2, dimensions);
    }

    @Override
    public List<String> inputs() {
      return List.of(input);
    }

    @Override
    public Extent extent(List<Extent> inputs) {
      return inputs.get(0).halved();
    }
  }

  /**
   * Batch normalisation, ε 1e-5, momentum 0.1 (running = 0.9 running + 0.1 batch, unbiased
   * variance), as PyTorch's.
   *
   * <p>Weights: {@code weight}, {@code bias}, {@code running_mean}, {@code running_var}, each
   * [channels]; the running ones are not trained.
   */
  record BatchNorm(String name, String input, int channels) implements Node {
    @Override
    public String operation(int dimensions) {
      return "batch norm";
    }

    @Override
    public List<String> inputs() {
      return List.of(input);
    }

    @Override
    public List<Parameter> parameters(int dimensions) {
      return List.of(
          Parameter.scale(name + ".weight", channels),
          Parameter.bias(name + ".bias", channels),
          Parameter.running(name + ".running_mean", channels, 0),
          Parameter.running(name + ".running_var", channels, 1));
    }

    @Override
    public Extent extent(List<Extent> inputs) {
      return Extent.only(name, inputs, channels);
    }
  }

  /** Group normalisation, ε 1e-5. Weights: {@code weight}, {@code bias}, each [channels]. */
  record GroupNorm(String name, String input, int channels, int groups) implements Node {
    @Override
    public String operation(int dimensions) {
      return "group norm, " + groups + " groups";
    }

    @Override
    public List<String> inputs() {
      return List.of(input);
    }

    /** Checks that the groups divide the channels. */
    public GroupNorm {
      if (channels % groups != 0) {
        throw new IllegalArgumentException(
            name + ": " + groups + " groups do not divide " + channels + " channels");
      }
    }

    @Override
    public List<Parameter> parameters(int dimensions) {
      return List.of(
          Parameter.scale(name + ".weight", channels), Parameter.bias(name + ".bias", channels));
    }

    @Override
    public Extent extent(List<Extent> inputs) {
      return Extent.only(name, inputs, channels);
    }
  }

  /** Leaky rectifier: x for x ≥ 0, slope · x below. No weights. */
  record LeakyRelu(String name, String input, double slope) implements Node {
    @Override
    public String operation(int dimensions) {
      return "leaky ReLU " + slope;
    }

    @Override
    public List<String> inputs() {
      return List.of(input);
    }

    @Override
    public Extent extent(List<Extent> inputs) {
      return inputs.get(0);
    }
  }

  /** Element-wise sum of feature maps of one shape. No weights. */
  record Sum(String name, List<String> inputs) implements Node {
    /** Copies the list. */
    public Sum {
      inputs = List.copyOf(inputs);
    }

    @Override
    public String operation(int dimensions) {
      return "sum";
    }

    @Override
    public Extent extent(List<Extent> extents) {
      if (Set.copyOf(extents).size() != 1) {
        throw new IllegalArgumentException(name + " adds feature maps of different shapes");
      }
      return extents.get(0);
    }
  }

  /** Concatenation along the channel axis, in order. No weights. */
  record Concatenation(String name, List<String> inputs) implements Node {
    /** Copies the list. */
    public Concatenation {
      inputs = List.copyOf(inputs);
    }

    @Override
    public String operation(int dimensions) {
      return "concatenation";
    }

    @Override
    public Extent extent(List<Extent> extents) {
      Extent.sameHalvings(name, extents);
      return extents.get(0).withChannels(extents.stream().mapToInt(Extent::channels).sum());
    }
  }

  /**
   * Squeeze-and-excitation: channel means → linear to {@code hidden} → ReLU → linear back → sigmoid
   * → scales the channels (Hu et al. 2018; PAPER Fig. 3D).
   *
   * <p>Weights: {@code down.weight} [hidden, channels], {@code down.bias} [hidden], {@code
   * up.weight} [channels, hidden], {@code up.bias} [channels].
   */
  record SqueezeExcitation(String name, String input, int channels, int hidden) implements Node {
    @Override
    public String operation(int dimensions) {
      return "squeeze-and-excitation through " + hidden;
    }

    @Override
    public List<String> inputs() {
      return List.of(input);
    }

    @Override
    public List<Parameter> parameters(int dimensions) {
      return List.of(
          Parameter.weight(name + ".down.weight", channels, hidden, channels),
          Parameter.bias(name + ".down.bias", hidden),
          Parameter.weight(name + ".up.weight", hidden, channels, hidden),
          Parameter.bias(name + ".up.bias", channels));
    }

    @Override
    public Extent extent(List<Extent> inputs) {
      return Extent.only(name, inputs, channels);
    }
  }

  /**
   * Probability of the foreground, one channel, from the two logits (background, foreground) of an
   * earlier node: what the combined network's lesion part sees of the liver. No weights.
   */
  record ForegroundProbability(String name, String input) implements Node {
    @Override
    public String operation(int dimensions) {
      return "foreground probability";
    }

    @Override
    public List<String> inputs() {
      return List.of(input);
    }

    @Override
    public Extent extent(List<Extent> inputs) {
      return Extent.only(name, inputs, 2).withChannels(1);
    }
  }

  private static int[] kernelShape(int first, int second, int kernel, int dimensions) {
    int[] shape = new int[2 + dimensions];
    Arrays.fill(shape, kernel);
    shape[0] = first;
    shape[1] = second;
    return shape;
  }

  private static String sides(int side, int dimensions) {
    return String.join("×", Collections.nCopies(dimensions, Integer.toString(side)));
  }

  private static int power(int base, int exponent) {
    return exponent == 0 ? 1 : base * power(base, exponent - 1);
  }
}
