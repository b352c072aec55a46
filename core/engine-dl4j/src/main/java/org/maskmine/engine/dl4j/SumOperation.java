package org.maskmine.engine.dl4j;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Element-wise sum, into its first input where nobody else reads that. */
final class SumOperation extends Operation {
  private static final long serialVersionUID = 1L;

  private final boolean inPlace;

  SumOperation(Place place, Session session, boolean inPlace) {
    super(place, session);
    this.inPlace = inPlace;
  }

  @Override
  INDArray forward() {
    INDArray sum = inPlace ? input(0) : output(input(0).shape());
    session.add.run(input(0), input(1), sum);
    for (int i = 2; i < getNumInputArrays(); i++) {
      session.add.run(sum, input(i), sum);
    }
    return sum;
  }

  @Override
  INDArray[] backward(INDArray gradient) {
    INDArray[] back = new INDArray[getNumInputArrays()];
    back[0] = gradient;
    for (int i = 1; i < back.length; i++) {
      back[i] = session.buffers.take(gradient.shape());
      Native.copy(gradient, back[i]);
    }
    return back;
  }
}
