package org.maskmine.engine.dl4j;

/**
 * A small linear layer in Java: y = W·x + b for every image.
 *
 * @param weight W, [out, in]
 * @param bias b, [out]
 */
record Linear(float[] weight, float[] bias) {
  /** Gradients by the input [batch, in], W and b. */
  record Gradients(double[] input, double[] weight, double[] bias) {}

  /** [batch, out] of x [batch, in]. */
  double[] forward(double[] x) {
    int in = inputs();
    double[] y = new double[x.length / in * bias.length];
    for (int i = 0; i < y.length; i++) {
      int image = i / bias.length * in;
      int row = i % bias.length * in;
      double sum = bias[i % bias.length];
      for (int k = 0; k < in; k++) {
        sum += weight[row + k] * x[image + k];
      }
      y[i] = sum;
    }
    return y;
  }

  /** From the gradient by the result, [batch, out], and the input, [batch, in]. */
  Gradients backward(double[] gradient, double[] x) {
    int in = inputs();
    var result =
        new Gradients(new double[x.length], new double[weight.length], new double[bias.length]);
    for (int i = 0; i < gradient.length; i++) {
      int image = i / bias.length * in;
      int row = i % bias.length * in;
      result.bias[i % bias.length] += gradient[i];
      for (int k = 0; k < in; k++) {
        result.weight[row + k] += gradient[i] * x[image + k];
        result.input[image + k] += gradient[i] * weight[row + k];
      }
    }
    return result;
  }

  private int inputs() {
    return weight.length / bias.length;
  }
}
