package org.maskmine.engine.dl4j;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The way out of a head: a reader of its own, so that the logits are kept until they are copied
 * out, also where other vertices read them too (the liver's in the combined network).
 */
final class HeadOperation extends Operation {
  private static final long serialVersionUID = 1L;

  HeadOperation(Place place, Session session) {
    super(place, session);
  }

  @Override
  INDArray forward() {
    return input(0);
  }

  @Override
  INDArray[] backward(INDArray gradient) {
    return new INDArray[] {gradient};
  }
}
