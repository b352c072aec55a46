package org.maskmine.engine.dl4j;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What the operations of one network share. */
final class Session implements AutoCloseable {
  final Buffers buffers = new Buffers();

  /** Stands for a gradient that nobody wants; Deeplearning4j cannot skip one. */
  final INDArray nobody = Nd4j.scalar(0f);

  /** Whether batch norms move their running statistics in a training pass. */
  boolean movesStatistics = true;

  @Override
  public void close() {
    buffers.close();
    nobody.close();
  }
}
