package org.maskmine.engine.dl4j;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Sums over the rows of a lent feature map, seen as a matrix [row, value]; by matrix product with
 * ones, ND4J's fastest way to add.
 */
final class RowSums implements AutoCloseable {
  private final Buffers buffers;
  private final NativeOp product = new NativeOp("matmul");
  private final NativeOp multiply = new NativeOp("multiply");
  private Slab ones = new Slab(1);

  RowSums(Buffers buffers) {
    this.buffers = buffers;
    ones.fill(1);
  }

  /** The sum of every row. */
  float[] of(INDArray x, long rows) {
    long length = x.length() / rows;
    INDArray sums = buffers.take(rows, 1);
    product.run(buffers.as(x, rows, length), ones(length), sums);
    float[] values = Native.read(sums);
    buffers.giveBack(sums);
    return values;
  }

  /** The scalar product of every row with the same row of another feature map. */
  float[] ofProducts(INDArray x, INDArray other, long rows) {
    INDArray products = buffers.take(x.shape());
    multiply.run(x, other, products);
    float[] values = of(products, rows);
    buffers.giveBack(products);
    return values;
  }

  private INDArray ones(long length) {
    if (ones.length() < length) {
      ones.close();
      ones = new Slab(length);
      ones.fill(1);
    }
    return ones.view(length, 1);
  }

  @Override
  public void close() {
    ones.close();
  }
}
