package org.maskmine.engine.dl4j;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A piece of native memory, seen in many shapes. ND4J gives every view native memory that only the
 * garbage collector frees, so views are made once and kept.
 */
final class Slab implements AutoCloseable {
  /** More shapes than a network has, so that images of ever new sizes do not pile up. */
  private static final int MOST_VIEWS = 64;

  private final INDArray values;
  private final Map<List<Long>, INDArray> views = new HashMap<>();

  /** Whether this pass has used it. */
  boolean used;

  /** How many still want to read what it holds. */
  int readers;

  /** As many numbers, with arbitrary content. */
  Slab(long length) {
    values = Nd4j.createUninitialized(DataType.FLOAT, length);
  }

  long length() {
    return values.length();
  }

  void fill(float number) {
    float[] numbers = new float[Math.toIntExact(length())];
    Arrays.fill(numbers, number);
    Native.write(numbers, values);
  }

  /** Its beginning as an array of this shape; the same object at every call. */
  INDArray view(long... shape) {
    if (views.size() == MOST_VIEWS) {
      views.clear();
    }
    List<Long> key = Arrays.stream(shape).boxed().toList();
    return views.computeIfAbsent(key, k -> newView(shape));
  }

  private INDArray newView(long[] shape) {
    long length = product(shape);
    INDArray part = length() == length ? values : values.get(NDArrayIndex.interval(0, length));
    return part.reshape('c', shape);
  }

  static long product(long... shape) {
    return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
  }

  @Override
  public void close() {
    values.close();
  }
}
