package org.maskmine.engine.dl4j;

import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Maximum over two voxels along every axis. */
final class MaxPoolingOperation extends Operation {
  private static final long serialVersionUID = 1L;

  private final transient NativeOp pool;
  private final transient NativeOp poolBackward;

  MaxPoolingOperation(Place place, Session session, int dimensions) {
    super(place, session);
    String op = dimensions == 2 ? "maxpool2d" : "maxpool3dnew";
    // kernel, stride, padding, dilation per axis; padding as given; unused; channels first
    int[] arguments =
        IntStream.concat(
                IntStream.of(2, 2, 0, 1).flatMap(v -> IntStream.of(Native.repeat(v, dimensions))),
                IntStream.of(0, 1, 0))
            .toArray();
    pool = new NativeOp(op, arguments);
    poolBackward = new NativeOp(op + "_bp", arguments);
  }

  @Override
  INDArray forward() {
    long[] shape = input(0).shape().clone();
    for (int axis = 2; axis < shape.length; axis++) {
      shape[axis] /= 2;
    }
    INDArray result = output(shape);
    pool.run(new INDArray[] {input(0)}, result);
    return result;
  }

  @Override
  INDArray[] backward(INDArray gradient) {
    INDArray back = session.buffers.take(input(0).shape());
    poolBackward.run(input(0), gradient, back);
    session.buffers.giveBack(gradient);
    return new INDArray[] {back};
  }
}
