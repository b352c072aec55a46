package org.maskmine.engine.dl4j;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.maskmine.network.Node;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A convolution in 2D or 3D. Deeplearning4j's own layer unfolds the image in Java; ND4J's
 * operation, used here, is an order of magnitude faster.
 */
final class ConvolutionOperation extends Operation {
  private static final long serialVersionUID = 1L;

  private final transient NativeOp convolve;
  private final transient NativeOp convolveBackward;
  private final int stride;
  private final int outChannels;
  private final boolean bias;

  ConvolutionOperation(Place place, Session session, int dimensions, Node.Convolution n) {
    super(place, session);
    int[] arguments = arguments(dimensions, n.kernel(), n.stride(), n.kernel() / 2);
    String op = dimensions == 2 ? "conv2d" : "conv3dnew";
    convolve = new NativeOp(op, arguments);
    convolveBackward = new NativeOp(op + "_bp", arguments);
    stride = n.stride();
    outChannels = n.outChannels();
    bias = n.bias();
  }

  /**
   * ND4J's order: kernel, stride, padding, dilation per axis; 0 padding as given; 0 channels first;
   * 1 weights as PyTorch has them.
   */
  static int[] arguments(int dimensions, int kernel, int stride, int padding) {
    return IntStream.concat(
            IntStream.of(kernel, stride, padding, 1)
                .flatMap(v -> IntStream.of(Native.repeat(v, dimensions))),
            IntStream.of(0, 0, 1))
        .toArray();
  }

  @Override
  INDArray forward() {
    long[] shape = input(0).shape().clone();
    shape[1] = outChannels;
    for (int axis = 2; axis < shape.length; axis++) {
      shape[axis] = (shape[axis] + stride - 1) / stride;
    }
    INDArray result = output(shape);
    convolve.run(operands(input(0)), result);
    return result;
  }

  @Override
  INDArray[] backward(INDArray gradient) {
    INDArray back = session.buffers.take(input(0).shape());
    INDArray[] results =
        bias
            ? new INDArray[] {back, gradient("weight"), gradient("bias")}
            : new INDArray[] {back, gradient("weight")};
    convolveBackward.run(operands(input(0), gradient), results);
    session.buffers.giveBack(gradient);
    if (!wants(0)) {
      session.buffers.giveBack(back);
      back = session.nobody;
    }
    return new INDArray[] {back};
  }

  private INDArray[] operands(INDArray x, INDArray... gradient) {
    var operands = new ArrayList<>(List.of(x, weight("weight")));
    if (bias) {
      operands.add(weight("bias"));
    }
    operands.addAll(List.of(gradient));
    return operands.toArray(INDArray[]::new);
  }
}
