package org.maskmine.engine.dl4j;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.gradient.LeakyReLUDerivative;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Leaky rectifier, in place where nobody else reads its input; as the greater of x and slope · x,
 * five times faster than ND4J's own.
 */
final class LeakyReluOperation extends Operation {
  private static final long serialVersionUID = 1L;

  private final double slope;
  private final boolean inPlace;
  private transient @Nullable LeakyReLUDerivative derivative;
  private transient @Nullable INDArray result;

  LeakyReluOperation(Place place, Session session, double slope, boolean inPlace) {
    super(place, session);
    this.slope = slope;
    this.inPlace = inPlace;
  }

  @Override
  INDArray forward() {
    INDArray x = input(0);
    INDArray y = inPlace ? x : output(x.shape());
    INDArray flatter = inPlace ? session.buffers.take(x.shape()) : y;
    session.perRow(session.multiply, x, new float[] {(float) slope}, flatter);
    session.maximum.run(x, flatter, y);
    if (inPlace) {
      session.buffers.giveBack(flatter);
    }
    result = y;
    return y;
  }

  /** The result has the sign of the input, so the input may be gone. */
  @Override
  INDArray[] backward(INDArray gradient) {
    INDArray slopes = kept(result);
    Nd4j.exec(derivative(slopes));
    session.multiply.run(gradient, slopes, gradient);
    return new INDArray[] {gradient};
  }

  /** In place; made once, as each holds native memory until it is collected. */
  private LeakyReLUDerivative derivative(INDArray x) {
    if (derivative == null) {
      derivative = new LeakyReLUDerivative(x, x, slope);
    }
    derivative.setX(x);
    derivative.setZ(x);
    return derivative;
  }
}
