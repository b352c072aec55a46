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
    input(0).addi(input(1), sum);
    for (int i = 2; i < getNumInputArrays(); i++) {
      sum.addi(input(i));
    }
    return sum;
  }

  @Override
  INDArray[] backward(INDArray gradient) {
    INDArray[] back = new INDArray[getNumInputArrays()];
    back[0] = gradient;
    for (int i = 1; i < back.length; i++) {
      INDArray copy = session.buffers.take(gradient.shape());
      back[i] = copy.assign(gradient);
    }
    return back;
  }
}
