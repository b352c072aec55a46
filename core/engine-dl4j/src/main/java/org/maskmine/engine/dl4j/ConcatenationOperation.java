package org.maskmine.engine.dl4j;

import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;

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
    long from = 0;
    for (INDArray part : inputs) {
      copyChannels(part, joined, from, true);
      from += part.size(1);
    }
    return joined;
  }

  @Override
  INDArray[] backward(INDArray gradient) {
    INDArray[] back = new INDArray[getNumInputArrays()];
    long from = 0;
    for (int i = 0; i < back.length; i++) {
      back[i] = session.nobody;
      if (wants(i)) {
        back[i] = session.buffers.take(input(i).shape());
        copyChannels(back[i], gradient, from, false);
      }
      from += input(i).size(1);
    }
    session.buffers.giveBack(gradient);
    return back;
  }

  /** Copies a part into its channels of the whole, or these channels into the part. */
  private static void copyChannels(INDArray part, INDArray whole, long channel, boolean join) {
    FloatPointer p = Native.pointer(part);
    FloatPointer w = Native.pointer(whole);
    long pixels = Native.pixels(whole);
    long count = part.size(1) * pixels;
    for (long image = 0; image < whole.size(0); image++) {
      long inPart = image * count;
      long inWhole = (image * whole.size(1) + channel) * pixels;
      if (join) {
        Native.copy(p, inPart, w, inWhole, count);
      } else {
        Native.copy(w, inWhole, p, inPart, count);
      }
    }
  }
}
