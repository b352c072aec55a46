package org.maskmine.engine.dl4j;

import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Transposed convolution of kernel 4 and stride 2.
 *
 * <p>From a depth of 2 to one of 4, ND4J's {@code deconv3d_bp} (oneDNN) reads memory that nobody
 * wrote: the gradient of the weights is then anything. So two layers of zeros are laid behind,
 * which change no gradient.
 */
final class UpsamplingOperation extends Operation {
  private static final long serialVersionUID = 1L;
  private static final int DEPTH = 2;
  private static final int UNSOUND = 2;

  private final transient NativeOp upsample;
  private final transient NativeOp upsampleBackward;
  private final int outChannels;

  UpsamplingOperation(Place place, Session session, int dimensions, int outChannels) {
    super(place, session);
    int[] arguments = ConvolutionOperation.arguments(dimensions, 4, 2, 1);
    String op = dimensions == 2 ? "deconv2d" : "deconv3d";
    this.upsample = new NativeOp(op, arguments);
    this.upsampleBackward = new NativeOp(op + "_bp", arguments);
    this.outChannels = outChannels;
  }

  @Override
  INDArray forward() {
    long[] shape = input(0).shape().clone();
    shape[1] = outChannels;
    for (int axis = 2; axis < shape.length; axis++) {
      shape[axis] *= 2;
    }
    INDArray result = output(shape);
    upsample.run(new INDArray[] {input(0), weight("weight"), weight("bias")}, result);
    return result;
  }

  @Override
  INDArray[] backward(INDArray gradient) {
    INDArray x = input(0);
    boolean deepens = x.rank() == 5 && x.size(DEPTH) == UNSOUND;
    INDArray back = deepens ? deepened(x, gradient) : backward(x, gradient);
    session.buffers.giveBack(gradient);
    return new INDArray[] {back};
  }

  private INDArray backward(INDArray x, INDArray gradient) {
    INDArray back = session.buffers.take(x.shape());
    upsampleBackward.run(
        new INDArray[] {x, weight("weight"), weight("bias"), gradient},
        back,
        gradient("weight"),
        gradient("bias"));
    return back;
  }

  private INDArray deepened(INDArray x, INDArray gradient) {
    INDArray deepX = withDepth(2 * x.size(DEPTH), x);
    INDArray deepGradient = withDepth(2 * gradient.size(DEPTH), gradient);
    INDArray deepBack = backward(deepX, deepGradient);
    INDArray back = withDepth(x.size(DEPTH), deepBack);
    session.buffers.giveBack(deepX);
    session.buffers.giveBack(deepGradient);
    session.buffers.giveBack(deepBack);
    return back;
  }

  /** The first layers of a feature map, or all of them and zeros behind. */
  private INDArray withDepth(long depth, INDArray x) {
    long[] shape = x.shape().clone();
    shape[DEPTH] = depth;
    INDArray result = session.buffers.take(shape);
    Native.clear(result);
    FloatPointer from = Native.pointer(x);
    FloatPointer to = Native.pointer(result);
    long before = Native.pixels(x);
    long after = Native.pixels(result);
    for (long row = 0; row < x.size(0) * x.size(1); row++) {
      Native.copy(from, row * before, to, row * after, Math.min(before, after));
    }
    return result;
  }
}
