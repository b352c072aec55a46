package org.maskmine.engine.dl4j;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Adam (Kingma and Ba 2015) with coupled L2 on a network's flat weights, as PyTorch computes it.
 *
 * <p>Deeplearning4j's own updater is left out for two reasons: it adds ε before the correction of
 * the second moment where PyTorch adds it after, and it would step running statistics and heads
 * that are not trained. The numbers pass through Java in parts that fit the processor's cache.
 */
final class Adam implements AutoCloseable {
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPSILON = 1e-8;
  private static final int PART = 1 << 13;

  private final double l2;
  final INDArray m;
  final INDArray v;
  private long steps;

  Adam(long length, double l2) {
    this.l2 = l2;
    m = Nd4j.zeros(DataType.FLOAT, length);
    v = Nd4j.zeros(DataType.FLOAT, length);
  }

  /** Part of the flat weights: from (inclusive) to (exclusive). */
  record Range(long from, long to) {
    /** Joins ranges that touch. */
    static List<Range> joined(List<Range> sorted) {
      List<Range> joined = new ArrayList<>();
      for (Range r : sorted) {
        int last = joined.size() - 1;
        if (last >= 0 && joined.get(last).to == r.from) {
          joined.set(last, new Range(joined.get(last).from, r.to));
        } else {
          joined.add(r);
        }
      }
      return joined;
    }
  }

  /** A window on a native array. */
  private static final class Window {
    final FloatPointer array;
    final float[] values = new float[PART];

    Window(INDArray array) {
      this.array = Native.pointer(array);
    }

    float[] read(long from, int count) {
      array.position(from).get(values, 0, count);
      return values;
    }

    void write(long from, int count) {
      array.position(from).put(values, 0, count);
    }
  }

  /** Moves the weights. */
  void step(INDArray weights, INDArray gradient, List<Range> trained, double learningRate) {
    steps++;
    var w = new Window(weights);
    var g = new Window(gradient);
    var first = new Window(m);
    var second = new Window(v);
    float rate = (float) (learningRate / (1 - Math.pow(BETA1, steps)));
    float root = (float) Math.sqrt(1 - Math.pow(BETA2, steps));
    for (Range range : trained) {
      for (long from = range.from; from < range.to; from += PART) {
        int count = (int) Math.min(PART, range.to - from);
        move(
            w.read(from, count),
            g.read(from, count),
            first.read(from, count),
            second.read(from, count),
            count,
            rate,
            root);
        w.write(from, count);
        first.write(from, count);
        second.write(from, count);
      }
    }
  }

  private void move(float[] w, float[] g, float[] m, float[] v, int count, float rate, float root) {
    for (int i = 0; i < count; i++) {
      float slope = g[i] + (float) l2 * w[i];
      m[i] = (float) BETA1 * m[i] + (float) (1 - BETA1) * slope;
      v[i] = (float) BETA2 * v[i] + (float) (1 - BETA2) * slope * slope;
      w[i] -= rate * m[i] / ((float) Math.sqrt(v[i]) / root + (float) EPSILON);
    }
  }

  long steps() {
    return steps;
  }

  void setSteps(long done) {
    steps = done;
  }

  @Override
  public void close() {
    m.close();
    v.close();
  }
}
