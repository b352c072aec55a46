package org.maskmine.engine.dl4j;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.updaters.AdamUpdater;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Adam (Kingma and Ba 2015) with coupled L2 on a network's flat weights, as PyTorch computes it.
 *
 * <p>Deeplearning4j's own updater is left out for two reasons: it adds ε before the correction of
 * the second moment where PyTorch adds it after, and it would step running statistics and heads
 * that are not trained.
 */
final class Adam implements AutoCloseable {
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPSILON = 1e-8;

  /** So late that ND4J's own bias corrections, computed in 32 bits, are one. */
  private static final int LATE = 1 << 20;

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

    INDArray of(INDArray flat) {
      return flat.get(NDArrayIndex.interval(from, to));
    }
  }

  /** Moves the weights; overwrites the gradient. */
  void step(INDArray weights, INDArray gradient, List<Range> trained, double learningRate) {
    steps++;
    double root = Math.sqrt(1 - Math.pow(BETA2, steps));
    double rate = learningRate * root / (1 - Math.pow(BETA1, steps));
    for (Range range : trained) {
      INDArray w = range.of(weights);
      INDArray g = range.of(gradient);
      if (l2 != 0) {
        g.addi(w.mul(l2));
      }
      Nd4j.exec(
          new AdamUpdater(g, range.of(v), range.of(m), rate, BETA1, BETA2, EPSILON * root, LATE));
      w.subi(g);
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
