package org.maskmine.engine.dl4j;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Concatenation along the channels. */
final class ConcatenationOperation extends Operation {
  private static final long serialVersionUID = 1L;

  ConcatenationOperation(Place place, Session session) {
    super(place, session);
  }

  @Override
  INDArray forward() {
    long[] shape = input(0).shape().clone();
    for (int i = 1; i < getNumInputArrays(); i++) {
      shape[1] += input(i).size(1);
    }
    INDArray joined = output(shape);
    Native.run("concat", getInputs(), new INDArray[] {joined}, 1);
    return joined;
  }

  @Override
  INDArray[] backward(INDArray gradient) {
    INDArray[] back = new INDArray[getNumInputArrays()];
    long from = 0;
    for (int i = 0; i < back.length; i++) {
      long to = from + input(i).size(1);
      back[i] =
          wants(i)
              ? session.buffers.take(input(i).shape()).assign(channels(gradient, from, to))
              : session.nobody;
      from = to;
    }
    session.buffers.giveBack(gradient);
    return back;
  }

  private static INDArray channels(INDArray x, long from, long to) {
    INDArrayIndex[] indices = NDArrayIndex.allFor(x);
    indices[1] = NDArrayIndex.interval(from, to);
    return x.get(indices);
  }
}
