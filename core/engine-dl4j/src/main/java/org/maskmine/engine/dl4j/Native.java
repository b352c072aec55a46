package org.maskmine.engine.dl4j;

import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.impl.reduce3.Dot;
import org.nd4j.linalg.factory.Nd4j;

/** ND4J's native operations by name, on arrays that the caller owns. All arrays are row-major. */
final class Native {
  private static final int[] NONE = {};

  private Native() {}

  /** An array of its own with these values. */
  static INDArray copyOf(float... values) {
    INDArray array = Nd4j.createUninitialized(DataType.FLOAT, values.length);
    write(values, array);
    return array;
  }

  /** Copies values into an array. */
  static void write(float[] values, INDArray array) {
    new FloatPointer(array.data().addressPointer()).put(values);
  }

  /** Copies an array out. */
  static float[] read(INDArray array) {
    float[] values = new float[Math.toIntExact(array.length())];
    new FloatPointer(array.data().addressPointer()).get(values);
    return values;
  }

  /** Runs an operation with integer arguments. */
  static void run(String op, INDArray[] inputs, INDArray[] outputs, int... integers) {
    run(op, inputs, outputs, integers, new Double[0]);
  }

  private static void run(
      String op, INDArray[] inputs, INDArray[] outputs, int[] integers, Double... numbers) {
    Nd4j.exec(
        DynamicCustomOp.builder(op)
            .addInputs(inputs)
            .addOutputs(outputs)
            .addIntegerArguments(integers)
            .addFloatingPointArguments(numbers)
            .build());
  }

  /** out = a ∘ b with b broadcast; op is {@code add}, {@code subtract} or {@code multiply}. */
  static void broadcast(String op, INDArray a, INDArray b, INDArray out) {
    run(op, new INDArray[] {a, b}, new INDArray[] {out}, NONE);
  }

  /**
   * out = (x − mean) / √(variance + ε) · scale + shift per channel.
   *
   * @param x float32 [batch, channel, …]
   * @param mean as the other three, [channel]
   */
  static void normalise(
      INDArray x,
      INDArray mean,
      INDArray variance,
      INDArray scale,
      INDArray shift,
      double epsilon,
      INDArray out) {
    INDArray[] inputs = {planes(x), mean, variance, scale, shift};
    run("batchnorm", inputs, new INDArray[] {planes(out)}, new int[] {1, 1, 1}, epsilon);
  }

  /** [batch · channel, pixel] of [batch, channel, …]. */
  static INDArray rows(INDArray x) {
    long rows = x.size(0) * x.size(1);
    return x.reshape('c', rows, x.length() / rows);
  }

  /** [batch, channel, pixel] of [batch, channel, …]. */
  static INDArray flat(INDArray x) {
    return x.reshape('c', x.size(0), x.size(1), pixels(x));
  }

  /** Pixels of one channel. */
  static long pixels(INDArray x) {
    return x.length() / (x.size(0) * x.size(1));
  }

  /** Sums of the rows of a matrix, [rows, 1]; by matrix product, ND4J's fastest way to add. */
  static INDArray rowSums(INDArray matrix) {
    INDArray sums = Nd4j.createUninitialized(DataType.FLOAT, matrix.rows(), 1);
    try (INDArray ones = Nd4j.ones(DataType.FLOAT, matrix.columns(), 1)) {
      Nd4j.gemm(matrix, ones, sums, false, false, 1, 0);
    }
    return sums;
  }

  /** Scalar products of the rows of two matrices, [rows, 1]. */
  static INDArray rowProducts(INDArray a, INDArray b) {
    INDArray products = Nd4j.createUninitialized(DataType.FLOAT, a.rows());
    Nd4j.exec(new Dot(a, b, products, 1));
    return products.reshape(a.rows(), 1);
  }

  /** The four axes that ND4J's batch norm wants, whatever the dimensions. */
  private static INDArray planes(INDArray x) {
    return x.reshape('c', x.size(0), x.size(1), 1, pixels(x));
  }

  /** The same number so many times. */
  static int[] repeat(int number, int times) {
    int[] numbers = new int[times];
    Arrays.fill(numbers, number);
    return numbers;
  }
}
