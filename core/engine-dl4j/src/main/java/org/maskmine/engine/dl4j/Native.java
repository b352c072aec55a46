package org.maskmine.engine.dl4j;

import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Moves numbers between Java and ND4J's arrays, and sees them otherwise. All are row-major. */
final class Native {
  private Native() {}

  /** Where an array begins. */
  static FloatPointer pointer(INDArray array) {
    return new FloatPointer(array.data().addressPointer());
  }

  /** Copies values into an array. */
  static void write(float[] values, INDArray array) {
    pointer(array).put(values);
  }

  /** Copies an array out. */
  static float[] read(INDArray array) {
    float[] values = new float[Math.toIntExact(array.length())];
    pointer(array).get(values);
    return values;
  }

  /** Makes every number zero. */
  static void clear(INDArray array) {
    Pointer.memset(pointer(array), 0, array.length() * Float.BYTES);
  }

  /** Copies one array into another of the same length. */
  static void copy(INDArray from, INDArray to) {
    copy(pointer(from), 0, pointer(to), 0, from.length());
  }

  /** Copies so many numbers from one place to another. */
  static void copy(FloatPointer from, long fromIndex, FloatPointer to, long toIndex, long count) {
    Pointer.memcpy(to.getPointer(toIndex), from.getPointer(fromIndex), count * Float.BYTES);
  }

  /** Pixels of one channel. */
  static long pixels(INDArray x) {
    return x.length() / (x.size(0) * x.size(1));
  }

  /** In single precision. */
  static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  /** The same number so many times. */
  static int[] repeat(int number, int times) {
    int[] numbers = new int[times];
    Arrays.fill(numbers, number);
    return numbers;
  }
}
