package org.maskmine.engine.dl4j;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Group normalisation (Wu and He 2018), composed from sums over the R values of a group.
 *
 * <p>With x̂ = (x − μ)/σ: ∂β = Σg, ∂γ = Σg·x̂ per channel; ∂x = (γ·g − Σγg/R − x̂·Σ(γg·x̂)/R)/σ.
 */
final class GroupNormOperation extends Operation {
  private static final long serialVersionUID = 1L;
  private static final double EPSILON = 1e-5;

  private final int groups;
  private transient @Nullable INDArray centred;
  private transient @Nullable INDArray inverseDeviation;

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
    INDArray mean = Native.rowSums(perGroup(x)).divi(groupSize());
    Native.broadcast("subtract", perGroup(x), mean, perGroup(difference));
    INDArray variance =
        Native.rowProducts(perGroup(difference), perGroup(difference)).divi(groupSize());
    INDArray inverse = Transforms.pow(variance.addi(EPSILON), -0.5, false);
    centred = difference;
    inverseDeviation = inverse;
    INDArray result = output(x.shape());
    Native.broadcast("multiply", Native.flat(difference), scale(inverse), Native.flat(result));
    INDArray shift = weight("bias").reshape('c', 1, x.size(1), 1);
    Native.broadcast("add", Native.flat(result), shift, Native.flat(result));
    return result;
  }

  @Override
  INDArray[] backward(INDArray gradient) {
    INDArray x = kept(centred);
    INDArray inverse = kept(inverseDeviation);
    INDArray sums = perChannel(Native.rowSums(Native.rows(gradient)));
    INDArray products = perChannel(Native.rowProducts(Native.rows(gradient), Native.rows(x)));
    gradient("bias").assign(sums.sum(0));
    gradient("weight").assign(products.mul(spread(inverse)).sum(0));
    INDArray offset = overGroup(sums).muli(inverse);
    INDArray slope = overGroup(products).muli(inverse).muli(inverse).muli(inverse);
    Native.broadcast("multiply", Native.flat(gradient), scale(inverse), Native.flat(gradient));
    Native.broadcast("multiply", perGroup(x), slope, perGroup(x));
    gradient.subi(x);
    session.buffers.giveBack(x);
    Native.broadcast("subtract", perGroup(gradient), offset, perGroup(gradient));
    return new INDArray[] {gradient};
  }

  /** [batch · group, value] of a feature map. */
  private INDArray perGroup(INDArray x) {
    return x.reshape('c', x.size(0) * groups, groupSize());
  }

  private long groupSize() {
    return input(0).length() / (input(0).size(0) * groups);
  }

  /** [batch, channel] of [batch · channel, 1]. */
  private INDArray perChannel(INDArray rows) {
    return rows.reshape('c', input(0).size(0), input(0).size(1));
  }

  /** [batch, channel] of [batch · group, 1]: every channel has its group's number. */
  private INDArray spread(INDArray perGroup) {
    long batch = input(0).size(0);
    long size = input(0).size(1) / groups;
    return perGroup
        .reshape('c', batch, groups, 1)
        .broadcast(batch, groups, size)
        .reshape('c', batch, groups * size);
  }

  /** γ/σ, [batch, channel, 1]. */
  private INDArray scale(INDArray inverse) {
    INDArray scale = spread(inverse).mulRowVector(weight("weight"));
    return scale.reshape('c', scale.size(0), scale.size(1), 1);
  }

  /** The mean over a group's values of γ times these sums [batch, channel]; [batch · group, 1]. */
  private INDArray overGroup(INDArray sums) {
    long batch = sums.size(0);
    return sums.mulRowVector(weight("weight"))
        .reshape('c', batch * groups, sums.size(1) / groups)
        .sum(true, 1)
        .divi(groupSize());
  }
}
