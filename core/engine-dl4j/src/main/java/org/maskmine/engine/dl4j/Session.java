package org.maskmine.engine.dl4j;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What the operations of one network share. */
final class Session implements AutoCloseable {
  final Buffers buffers = new Buffers();
  final RowSums rowSums = new RowSums(buffers);
  final NativeOp add = new NativeOp("add");
  final NativeOp subtract = new NativeOp("subtract");
  final NativeOp multiply = new NativeOp("multiply");
  final NativeOp maximum = new NativeOp("maximum");

  /** Stands for a gradient that nobody wants. */
  final INDArray nobody = Nd4j.scalar(0f);

  /** Whether batch norms move their running statistics in a training pass. */
  boolean movesStatistics = true;

  /** A lent array with these numbers. */
  INDArray lend(float[] values, long... shape) {
    INDArray array = buffers.take(shape);
    Native.write(values, array);
    return array;
  }

  /** result = x ∘ a number for each channel, [channel]. */
  void perChannel(NativeOp op, INDArray x, float[] numbers, INDArray result) {
    long[] flat = {x.size(0), x.size(1), Native.pixels(x)};
    broadcast(op, x, result, flat, numbers, 1, x.size(1), 1);
  }

  /** result = x ∘ a number for each channel of each image, [batch, channel]. */
  void perImageAndChannel(NativeOp op, INDArray x, float[] numbers, INDArray result) {
    long[] flat = {x.size(0), x.size(1), Native.pixels(x)};
    broadcast(op, x, result, flat, numbers, x.size(0), x.size(1), 1);
  }

  /** result = x ∘ a number for each of equally long rows, [row]. */
  void perRow(NativeOp op, INDArray x, float[] numbers, INDArray result) {
    long[] rows = {numbers.length, x.length() / numbers.length};
    broadcast(op, x, result, rows, numbers, numbers.length, 1);
  }

  private void broadcast(
      NativeOp op, INDArray x, INDArray result, long[] as, float[] numbers, long... shape) {
    INDArray column = lend(numbers, shape);
    op.run(buffers.as(x, as), column, buffers.as(result, as));
    buffers.giveBack(column);
  }

  @Override
  public void close() {
    rowSums.close();
    buffers.close();
    nobody.close();
  }
}
