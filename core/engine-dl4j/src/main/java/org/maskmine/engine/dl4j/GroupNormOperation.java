package org.maskmine.engine.dl4j;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Group normalisation (Wu and He 2018), composed from sums over the R values of a group. What is
 * one number per channel or group of an image is computed in Java.
 *
 * <p>With x̂ = (x − μ)/σ: ∂β = Σg, ∂γ = Σg·x̂ per channel; ∂x = (γ·g − Σγg/R − x̂·Σ(γg·x̂)/R)/σ.
 */
final class GroupNormOperation extends Operation {
  private static final long serialVersionUID = 1L;
  private static final double EPSILON = 1e-5;

  private final int groups;
  private transient @Nullable INDArray centred;
  private transient double @Nullable [] inverseDeviation;

  GroupNormOperation(Place place, Session session, int groups) {
    super(place, session);
    this.groups = groups;
  }

  @Override
  INDArray evaluate() {
    INDArray result = forward();
    session.buffers.giveBack(kept(centred));
    return result;
  }

  @Override
  INDArray forward() {
    INDArray x = input(0);
    INDArray difference = session.buffers.take(x.shape());
    float[] mean = session.rowSums.of(x, images() * groups);
    for (int i = 0; i < mean.length; i++) {
      mean[i] /= groupSize();
    }
    session.perRow(session.subtract, x, mean, difference);
    float[] squares = session.rowSums.ofProducts(difference, difference, images() * groups);
    double[] inverse = new double[squares.length];
    for (int i = 0; i < inverse.length; i++) {
      inverse[i] = 1 / Math.sqrt((double) squares[i] / groupSize() + EPSILON);
    }
    centred = difference;
    inverseDeviation = inverse;
    INDArray result = output(x.shape());
    scale(difference, inverse, result);
    session.perChannel(session.add, result, Native.read(weight("bias")), result);
    return result;
  }

  @Override
  INDArray[] backward(INDArray gradient) {
    INDArray x = kept(centred);
    double[] inverse = kept(inverseDeviation);
    float[] sums = session.rowSums.of(gradient, images() * x.size(1));
    float[] products = session.rowSums.ofProducts(gradient, x, images() * x.size(1));
    float[] weight = Native.read(weight("weight"));
    double[] byWeight = new double[weight.length];
    double[] byBias = new double[weight.length];
    double[] offset = new double[inverse.length];
    double[] slope = new double[inverse.length];
    for (int i = 0; i < sums.length; i++) {
      int channel = i % weight.length;
      int group = group(i);
      double inverted = inverse[group];
      byBias[channel] += sums[i];
      byWeight[channel] += products[i] * inverted;
      offset[group] += weight[channel] * inverted * sums[i] / groupSize();
      slope[group] -= weight[channel] * inverted * inverted * inverted * products[i] / groupSize();
    }
    Native.write(Native.floats(byBias), gradient("bias"));
    Native.write(Native.floats(byWeight), gradient("weight"));
    scale(gradient, inverse, gradient);
    session.perRow(session.multiply, x, Native.floats(slope), x);
    session.add.run(gradient, x, gradient);
    session.buffers.giveBack(x);
    session.perRow(session.subtract, gradient, Native.floats(offset), gradient);
    return new INDArray[] {gradient};
  }

  /** result = x · γ/σ. */
  private void scale(INDArray x, double[] inverse, INDArray result) {
    float[] weight = Native.read(weight("weight"));
    float[] scale = new float[(int) x.size(0) * weight.length];
    for (int i = 0; i < scale.length; i++) {
      scale[i] = (float) (weight[i % weight.length] * inverse[group(i)]);
    }
    session.perImageAndChannel(session.multiply, x, scale, result);
  }

  /** The group, in [batch · group], of a channel in [batch · channel]. */
  private int group(int channel) {
    return channel / (int) (input(0).size(1) / groups);
  }

  private long images() {
    return input(0).size(0);
  }

  private long groupSize() {
    return input(0).length() / (images() * groups);
  }
}
