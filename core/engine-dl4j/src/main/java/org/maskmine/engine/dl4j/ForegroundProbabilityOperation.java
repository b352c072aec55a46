package org.maskmine.engine.dl4j;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Probability of the second of two classes: σ(z₁ − z₀); two small maps, so computed in Java. */
final class ForegroundProbabilityOperation extends Operation {
  private static final long serialVersionUID = 1L;

  private transient float @Nullable [] probability;

  ForegroundProbabilityOperation(Place place, Session session) {
    super(place, session);
  }

  @Override
  INDArray forward() {
    float[] z = Native.read(input(0));
    int pixels = pixels();
    float[] p = new float[z.length / 2];
    for (int i = 0; i < p.length; i++) {
      int background = i + i / pixels * pixels;
      p[i] = (float) (1 / (1 + Math.exp(z[background] - z[background + pixels])));
    }
    probability = p;
    long[] shape = input(0).shape().clone();
    shape[1] = 1;
    INDArray result = output(shape);
    Native.write(p, result);
    return result;
  }

  @Override
  INDArray[] backward(INDArray gradient) {
    float[] p = kept(probability);
    float[] g = Native.read(gradient);
    session.buffers.giveBack(gradient);
    int pixels = pixels();
    float[] byLogits = new float[2 * p.length];
    for (int i = 0; i < p.length; i++) {
      int background = i + i / pixels * pixels;
      byLogits[background + pixels] = g[i] * p[i] * (1 - p[i]);
      byLogits[background] = -byLogits[background + pixels];
    }
    return new INDArray[] {session.lend(byLogits, input(0).shape())};
  }

  private int pixels() {
    return Math.toIntExact(Native.pixels(input(0)));
  }
}
