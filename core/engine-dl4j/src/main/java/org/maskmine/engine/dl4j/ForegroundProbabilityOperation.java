package org.maskmine.engine.dl4j;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Sigmoid;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Probability of the second of two classes: σ(z₁ − z₀). */
final class ForegroundProbabilityOperation extends Operation {
  private static final long serialVersionUID = 1L;

  private transient @Nullable INDArray probability;

  ForegroundProbabilityOperation(Place place, Session session) {
    super(place, session);
  }

  @Override
  INDArray forward() {
    INDArray z = input(0);
    long[] shape = z.shape().clone();
    shape[1] = 1;
    INDArray p = output(shape);
    channel(z, 1).subi(channel(z, 0), p);
    Nd4j.exec(new Sigmoid(p, p));
    probability = p;
    return p;
  }

  @Override
  INDArray[] backward(INDArray gradient) {
    INDArray p = kept(probability);
    gradient.muli(p).muli(p.rsub(1));
    INDArray back = session.buffers.take(input(0).shape());
    channel(back, 1).assign(gradient);
    channel(back, 0).assign(gradient.neg());
    session.buffers.giveBack(gradient);
    return new INDArray[] {back};
  }

  private static INDArray channel(INDArray x, int channel) {
    INDArrayIndex[] indices = NDArrayIndex.allFor(x);
    indices[1] = NDArrayIndex.interval(channel, channel + 1);
    return x.get(indices);
  }
}
