package org.maskmine.engine.torch;

import java.util.Arrays;
import java.util.function.Function;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.maskmine.network.Node;

/** Kernels and biases of convolutions that do the work of several nodes. */
final class Kernels {
  private static final double EPSILON = 1e-5;

  private final Function<String, Tensor> arrays;
  private final int dimensions;
  private final Place place;

  /**
   * @param arrays trained and running ones by name, float32
   * @param place where those lie
   */
  Kernels(Function<String, Tensor> arrays, int dimensions, Place place) {
    this.arrays = arrays;
    this.dimensions = dimensions;
    this.place = place;
  }

  /**
   * What a convolution multiplies and adds.
   *
   * @param border what is added at the edges of the result
   */
  record Kernel(Tensor weight, Tensor bias, Border border) {}

  /** A residual layer's kernel, through which gradients flow to every array of it. */
  Kernel residual(Unit unit) {
    var c = (Node.Convolution) unit.node();
    Tensor weight = arrays.apply(c.name() + ".weight");
    Tensor bias = bias(c);
    if (!unit.carries()) {
      return new Kernel(weight, bias, Border.NONE);
    }
    Node.Convolution skip = unit.skip();
    Tensor carried = skip == null ? identity(c) : arrays.apply(skip.name() + ".weight");
    long[] around = new long[2 * dimensions];
    Arrays.fill(around, c.kernel() / 2);
    return new Kernel(
        weight.add(torch.constant_pad_nd(carried, around)),
        skip == null ? bias : bias.add(bias(skip)),
        Border.NONE);
  }

  private Tensor bias(Node.Convolution c) {
    return c.bias() ? arrays.apply(c.name() + ".bias") : place.zeros(c.outChannels());
  }

  private Tensor identity(Node.Convolution c) {
    return place.here(torch.eye(c.outChannels())).view(shape(c.outChannels(), c.inChannels()));
  }

  /** The kernel of a unit with its norms in it, in double precision. */
  Kernel folded(Unit unit) {
    Kernel kernel = residual(unit);
    Tensor weight = kernel.weight().to(ScalarType.Double);
    Tensor bias = kernel.bias().to(ScalarType.Double);
    Border border = Border.NONE;
    Node.BatchNorm before = unit.before();
    if (before != null) {
      Tensor shift = shift(before);
      Border.Shift shifted = Border.shift(weight, shift.view(shape(1, before.channels())));
      border = shifted.border();
      bias = bias.add(shifted.inside());
      weight = weight.mul(factor(before).view(shape(1, before.channels())));
    }
    Node.BatchNorm after = unit.after();
    if (after != null) {
      Tensor factor = factor(after);
      weight = weight.mul(factor.view(shape(after.channels(), 1)));
      bias = bias.mul(factor).add(shift(after));
      border = border.times(factor.view(shape(1, after.channels())));
    }
    return new Kernel(weight, bias, border);
  }

  /** By how much a norm multiplies each channel. */
  private Tensor factor(Node.BatchNorm norm) {
    Tensor variance = arrays.apply(norm.name() + ".running_var").to(ScalarType.Double);
    return arrays
        .apply(norm.name() + ".weight")
        .to(ScalarType.Double)
        .div(variance.add(new Scalar(EPSILON)).sqrt());
  }

  /** What a norm adds to each channel. */
  private Tensor shift(Node.BatchNorm norm) {
    Tensor mean = arrays.apply(norm.name() + ".running_mean").to(ScalarType.Double);
    return arrays.apply(norm.name() + ".bias").to(ScalarType.Double).sub(mean.mul(factor(norm)));
  }

  private long[] shape(long first, long second) {
    long[] shape = new long[2 + dimensions];
    Arrays.fill(shape, 1);
    shape[0] = first;
    shape[1] = second;
    return shape;
  }
}
