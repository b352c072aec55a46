package org.maskmine.network;

import java.util.List;

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
    public List<String> inputs() {
      return List.of(input);
    }
  }

  /**
   * Transposed convolution, kernel 4, stride 2, padding 1: doubles every axis.
   *
   * <p>Weights: {@code weight} [in, out, 4…], {@code bias} [out].
   */
  record Upsampling(String name, String input, int inChannels, int outChannels) implements Node {
    @Override
    public List<String> inputs() {
      return List.of(input);
    }
  }

  /** Maximum over 2 voxels along every axis, stride 2. No weights. */
  record MaxPooling(String name, String input) implements Node {
    @Override
    public List<String> inputs() {
      return List.of(input);
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
    public List<String> inputs() {
      return List.of(input);
    }
  }

  /** Group normalisation, ε 1e-5. Weights: {@code weight}, {@code bias}, each [channels]. */
  record GroupNorm(String name, String input, int channels, int groups) implements Node {
    @Override
    public List<String> inputs() {
      return List.of(input);
    }
  }

  /** Leaky rectifier: x for x ≥ 0, slope · x below. No weights. */
  record LeakyRelu(String name, String input, double slope) implements Node {
    @Override
    public List<String> inputs() {
      return List.of(input);
    }
  }

  /** Element-wise sum of feature maps of one shape. No weights. */
  record Sum(String name, List<String> inputs) implements Node {
    /** Copies the list. */
    public Sum {
      inputs = List.copyOf(inputs);
    }
  }

  /** Concatenation along the channel axis, in order. No weights. */
  record Concatenation(String name, List<String> inputs) implements Node {
    /** Copies the list. */
    public Concatenation {
      inputs = List.copyOf(inputs);
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
    public List<String> inputs() {
      return List.of(input);
    }
  }

  /**
   * Probability of the foreground, one channel, from the two logits (background, foreground) of an
   * earlier node: what the combined network's lesion part sees of the liver. No weights.
   */
  record ForegroundProbability(String name, String input) implements Node {
    @Override
    public List<String> inputs() {
      return List.of(input);
    }
  }
}
