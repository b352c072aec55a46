package org.maskmine.engine.dl4j;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Squeeze-and-excitation: weighs the channels by what their means say. The two linear layers see
 * one number per channel and are computed in Java.
 */
final class SqueezeExcitationOperation extends Operation {
  private static final long serialVersionUID = 1L;

  /** What the channels of every image say: means [batch, channel], hidden, factors. */
  private record Excitation(double[] means, double[] hidden, double[] factors) {}

  private transient @Nullable Excitation excitation;

  SqueezeExcitationOperation(Place place, Session session) {
    super(place, session);
  }

  @Override
  INDArray forward() {
    INDArray x = input(0);
    float[] sums = session.rowSums.of(x, rows());
    double[] means = new double[sums.length];
    Arrays.setAll(means, i -> sums[i] / (double) Native.pixels(x));
    double[] hidden =
        Arrays.stream(layer("down").forward(means)).map(v -> Math.max(v, 0)).toArray();
    double[] factors =
        Arrays.stream(layer("up").forward(hidden)).map(v -> 1 / (1 + Math.exp(-v))).toArray();
    excitation = new Excitation(means, hidden, factors);
    INDArray result = output(x.shape());
    session.perImageAndChannel(session.multiply, x, Native.floats(factors), result);
    return result;
  }

  @Override
  INDArray[] backward(INDArray gradient) {
    Excitation e = kept(excitation);
    float[] products = session.rowSums.ofProducts(gradient, input(0), rows());
    double[] byFactors = new double[products.length];
    Arrays.setAll(byFactors, i -> products[i] * e.factors[i] * (1 - e.factors[i]));
    double[] byHidden = backward("up", byFactors, e.hidden);
    for (int i = 0; i < byHidden.length; i++) {
      byHidden[i] = e.hidden[i] > 0 ? byHidden[i] : 0;
    }
    double[] byMeans = backward("down", byHidden, e.means);
    double[] perPixel = new double[byMeans.length];
    Arrays.setAll(perPixel, i -> byMeans[i] / Native.pixels(input(0)));
    session.perImageAndChannel(session.multiply, gradient, Native.floats(e.factors), gradient);
    session.perImageAndChannel(session.add, gradient, Native.floats(perPixel), gradient);
    return new INDArray[] {gradient};
  }

  /** Writes the gradients of a layer's weights and gives that of its input. */
  private double[] backward(String name, double[] gradient, double[] input) {
    Linear.Gradients gradients = layer(name).backward(gradient, input);
    Native.write(Native.floats(gradients.weight()), gradient(name + ".weight"));
    Native.write(Native.floats(gradients.bias()), gradient(name + ".bias"));
    return gradients.input();
  }

  private Linear layer(String name) {
    return new Linear(Native.read(weight(name + ".weight")), Native.read(weight(name + ".bias")));
  }

  private long rows() {
    return input(0).size(0) * input(0).size(1);
  }
}
