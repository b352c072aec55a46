package org.maskmine.engine.dl4j;

import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Maximum over two voxels along every axis. */
final class MaxPoolingOperation extends Operation {
  private static final long serialVersionUID = 1L;

  private final String op;
  private final int[] arguments;

  MaxPoolingOperation(Place place, Session session, int dimensions) {
    super(place, session);
    op = dimensions == 2 ? "maxpool2d" : "maxpool3dnew";
    // kernel, stride, padding, dilation per axis; padding as given; unused; channels first
    arguments =
        IntStream.concat(
                IntStream.of(2, 2, 0, 1).flatMap(v -> IntStream.of(Native.repeat(v, dimensions))),
                IntStream.of(0, 1, 0))
            .toArray();
  }

  @Override
  INDArray forward() {
    long[] shape = input(0).shape().clone();
    for (int axis = 2; axis < shape.length; axis++) {
      shape[axis] /= 2;
    }
    INDArray result = output(shape);
    Native.run(op, new INDArray[] {input(0)}, new INDArray[] {result}, arguments);
    return result;
  }

  @Override
  INDArray[] backward(INDArray gradient) {
    INDArray back = session.buffers.take(input(0).shape());
    Native.run(op + "_bp", new INDArray[] {input(0), gradient}, new INDArray[] {back}, arguments);
    session.buffers.giveBack(gradient);
    return new INDArray[] {back};
  }
}
