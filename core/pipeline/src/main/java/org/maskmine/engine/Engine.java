package org.maskmine.engine;

import java.util.Optional;
import org.maskmine.UserError;
import org.maskmine.network.Graph;
import org.maskmine.network.Weights;

/**
 * A way to compute networks. Found by {@link java.util.ServiceLoader}; loads nothing native until
 * asked.
 */
public interface Engine {
  /** Short and unique: {@code torch}, {@code dl4j}. */
  String name();

  /**
   * Why this engine cannot run on a device of this machine, in one sentence that says what to
   * install or take instead; empty where it can. Loads no native code.
   */
  Optional<String> unusable(Device device);

  /** Whether it computes in bfloat16 on a device, and gains by it. */
  boolean hasBfloat16(Device device);

  /** Relative speed for automatic choice: the highest usable one is taken. */
  int preference();

  /** What it computes with and on, for provenance: {@code libtorch 2.10.0, CPU, 2 threads}. */
  String description(Device device);

  /**
   * Opens a network. The caller closes it.
   *
   * @param weights every array that the graph names (see {@link org.maskmine.network.Node})
   * @throws UserError where the graph holds something that this engine cannot compute
   */
  Network open(Graph graph, Weights weights, Settings settings);

  /**
   * How to compute and optimise.
   *
   * @param precision number format of the feature maps; weights, heads and losses are always
   *     float32. An engine without bfloat16 computes in float32
   * @param l2 coupled L2 penalty λ, added to the gradient as λ·w (as PyTorch's Adam's {@code
   *     weight_decay}); Adam's β are 0.9 and 0.999, its ε is 1e-8
   * @param device where to compute
   */
  record Settings(Precision precision, double l2, Device device) {}

  /** Number format of feature maps. */
  enum Precision {
    /** {@link #BF16} where the engine gains by it on the device, else {@link #FP32}. */
    AUTO,
    /** 32-bit floating point throughout. */
    FP32,
    /** bfloat16 feature maps and kernels; trained weights, heads and losses stay float32. */
    BF16
  }
}
