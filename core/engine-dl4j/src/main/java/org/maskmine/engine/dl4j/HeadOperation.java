package org.maskmine.engine.dl4j;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The way out of a head. Deeplearning4j would overwrite the gradient of an output that other
 * vertices read too (the liver's logits in the combined network), so outputs are vertices of their
 * own that nobody reads.
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
