package org.maskmine.engine.dl4j;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Native memory for feature maps and their gradients, lent and taken back, so that a step allocates
 * nothing after the first.
 *
 * <p>A lent array has one owner. Who is given an array may overwrite it and pass it on, or give it
 * back; {@link #reset()} takes back whatever is still out.
 */
final class Buffers implements AutoCloseable {
  private static final class Slab {
    final INDArray values;
    boolean used;

    Slab(INDArray values) {
      this.values = values;
    }
  }

  private static final class Loan {
    final Slab slab;
    int readers;

    Loan(Slab slab, int readers) {
      this.slab = slab;
      this.readers = readers;
    }
  }

  private final List<Slab> slabs = new ArrayList<>();
  private final List<Slab> free = new ArrayList<>();
  private final Map<INDArray, Loan> lent = new IdentityHashMap<>();

  /** An array with arbitrary content, to be given back by its owner. */
  INDArray take(long... shape) {
    return take(1, shape);
  }

  /** An array with arbitrary content that is taken back after so many {@link #read}s. */
  INDArray take(int readers, long... shape) {
    long length = 1;
    for (long s : shape) {
      length *= s;
    }
    Slab slab = slab(length);
    slab.used = true;
    INDArray whole = slab.values;
    INDArray part = whole.length() == length ? whole : whole.get(NDArrayIndex.interval(0, length));
    INDArray array = part.reshape('c', shape);
    lent.put(array, new Loan(slab, readers));
    return array;
  }

  /** One of the announced readers is done. */
  void read(INDArray array) {
    Loan loan = lent.get(array);
    if (loan != null && --loan.readers == 0) {
      giveBack(array);
    }
  }

  /** One of the announced readers passes the array on as its own result, to these readers. */
  void passedOn(INDArray array, int readers) {
    Loan loan = lent.get(array);
    if (loan != null) {
      loan.readers += readers - 1;
    }
  }

  /** The owner is done. */
  void giveBack(INDArray array) {
    Loan loan = lent.remove(array);
    if (loan != null) {
      free.add(loan.slab);
    }
  }

  /** Takes everything back, and frees what this pass had no use for where that is the most. */
  void reset() {
    lent.clear();
    free.clear();
    long all = slabs.stream().mapToLong(s -> s.values.length()).sum();
    long used = slabs.stream().filter(s -> s.used).mapToLong(s -> s.values.length()).sum();
    if (all > 2 * used) {
      slabs.stream().filter(s -> !s.used).forEach(s -> s.values.close());
      slabs.removeIf(s -> !s.used);
    }
    slabs.forEach(s -> s.used = false);
    free.addAll(slabs);
  }

  @Override
  public void close() {
    slabs.forEach(s -> s.values.close());
    slabs.clear();
    free.clear();
    lent.clear();
  }

  /** The smallest free slab that fits without wasting more than half of it, or a new one. */
  private Slab slab(long length) {
    Slab fitting =
        free.stream()
            .filter(s -> s.values.length() >= length && s.values.length() <= 2 * length)
            .min(Comparator.comparingLong(s -> s.values.length()))
            .orElse(null);
    if (fitting != null) {
      free.remove(fitting);
      return fitting;
    }
    var fresh = new Slab(Nd4j.createUninitialized(DataType.FLOAT, length));
    slabs.add(fresh);
    return fresh;
  }
}
