package org.maskmine.engine.dl4j;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.LeakyReLU;
import org.nd4j.linalg.api.ops.impl.transforms.gradient.LeakyReLUDerivative;
import org.nd4j.linalg.factory.Nd4j;

/** Leaky rectifier, in place where nobody else reads its input. */
final class LeakyReluOperation extends Operation {
  private static final long serialVersionUID = 1L;

  private final double slope;
  private final boolean inPlace;
  private transient @Nullable INDArray result;

  LeakyReluOperation(Place place, Session session, double slope, boolean inPlace) {
    super(place, session);
    this.slope = slope;
    this.inPlace = inPlace;
  }

  @Override
  INDArray forward() {
    INDArray y = inPlace ? input(0) : output(input(0).shape());
    Nd4j.exec(new LeakyReLU(input(0), y, slope));
    result = y;
    return y;
  }

  /** The result has the sign of the input, so the input may be gone. */
  @Override
  INDArray[] backward(INDArray gradient) {
    INDArray derivative = kept(result);
    Nd4j.exec(new LeakyReLUDerivative(derivative, derivative, slope));
    gradient.muli(derivative);
    return new INDArray[] {gradient};
  }
}
