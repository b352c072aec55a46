package org.maskmine.engine.dl4j;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Squeeze-and-excitation: weighs the channels by what their means say. */
final class SqueezeExcitationOperation extends Operation {
  private static final long serialVersionUID = 1L;

  private transient @Nullable INDArray means;
  private transient @Nullable INDArray hidden;
  private transient @Nullable INDArray weighing;

  SqueezeExcitationOperation(Place place, Session session) {
    super(place, session);
  }

  @Override
  INDArray forward() {
    INDArray x = input(0);
    INDArray squeezed =
        Native.rowSums(Native.rows(x)).reshape('c', x.size(0), x.size(1)).divi(Native.pixels(x));
    INDArray inner = Transforms.relu(linear(squeezed, "down"), false);
    INDArray factors = Transforms.sigmoid(linear(inner, "up"), false);
    means = squeezed;
    hidden = inner;
    weighing = factors;
    INDArray result = output(x.shape());
    Native.broadcast("multiply", Native.flat(x), column(factors), Native.flat(result));
    return result;
  }

  private INDArray linear(INDArray x, String layer) {
    return x.mmul(weight(layer + ".weight").transpose()).addiRowVector(weight(layer + ".bias"));
  }

  @Override
  INDArray[] backward(INDArray gradient) {
    INDArray x = input(0);
    INDArray factors = kept(weighing);
    INDArray up =
        Native.rowProducts(Native.rows(gradient), Native.rows(x))
            .reshape('c', x.size(0), x.size(1))
            .muli(factors)
            .muli(factors.rsub(1));
    INDArray inner = kept(hidden);
    INDArray down = linearBackward(up, inner, "up").muli(inner.gt(0).castTo(inner.dataType()));
    INDArray squeezed = linearBackward(down, kept(means), "down").divi(Native.pixels(x));
    Native.broadcast("multiply", Native.flat(gradient), column(factors), Native.flat(gradient));
    Native.broadcast("add", Native.flat(gradient), column(squeezed), Native.flat(gradient));
    return new INDArray[] {gradient};
  }

  /** Writes a linear layer's gradients and gives that of its input. */
  private INDArray linearBackward(INDArray gradient, INDArray input, String layer) {
    gradient(layer + ".weight").assign(gradient.transpose().mmul(input));
    gradient(layer + ".bias").assign(gradient.sum(0));
    return gradient.mmul(weight(layer + ".weight"));
  }

  private static INDArray column(INDArray perChannel) {
    return perChannel.dup('c').reshape('c', perChannel.size(0), perChannel.size(1), 1);
  }
}
