package org.maskmine.network;

/**
 * An array of weights that a {@link Node} needs, and how it starts: {@code mean} plus {@code
 * deviation} times a standard normal number.
 *
 * @param name {@code <node>.<array>}, unique within the graph
 * @param shape lengths of the axes, outermost first
 * @param trained false for running statistics, which a step updates without a gradient
 * @param mean 1 for scales and variances, else 0
 * @param deviation √(2 / fan-in) for the weights of convolutions and linear layers (He et al.
 *     2015), else 0
 */
public record Parameter(String name, int[] shape, boolean trained, double mean, double deviation) {
  static Parameter weight(String name, int fanIn, int... shape) {
    return new Parameter(name, shape, true, 0, Math.sqrt(2.0 / fanIn));
  }

  static Parameter bias(String name, int length) {
    return new Parameter(name, new int[] {length}, true, 0, 0);
  }

  static Parameter scale(String name, int length) {
    return new Parameter(name, new int[] {length}, true, 1, 0);
  }

  static Parameter running(String name, int length, double mean) {
    return new Parameter(name, new int[] {length}, false, mean, 0);
  }

  /** How many numbers the array holds. */
  public int size() {
    int n = 1;
    for (int s : shape) {
      n *= s;
    }
    return n;
  }
}
