package org.maskmine.engine.dl4j;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Native memory for feature maps and their gradients, lent and taken back, so that a step allocates
 * nothing after the first.
 *
 * <p>A lent array has one owner. Who is given an array may overwrite it and pass it on, or give it
 * back; {@link #reset()} takes back whatever is still out.
 */
final class Buffers implements AutoCloseable {
  private final List<Slab> slabs = new ArrayList<>();
  private final List<Slab> free = new ArrayList<>();
  private final Map<INDArray, Slab> lent = new IdentityHashMap<>();

  /** An array with arbitrary content, to be given back by its owner. */
  INDArray take(long... shape) {
    return take(1, shape);
  }

  /** An array with arbitrary content that is taken back after so many {@link #read}s. */
  INDArray take(int readers, long... shape) {
    Slab slab = slab(Slab.product(shape));
    slab.used = true;
    slab.readers = readers;
    INDArray array = slab.view(shape);
    lent.put(array, slab);
    return array;
  }

  /** A lent array seen in another shape; not to be given back itself. */
  INDArray as(INDArray array, long... shape) {
    Slab slab = lent.get(array);
    if (slab == null) {
      throw new IllegalStateException("an array that is not lent");
    }
    return slab.view(shape);
  }

  /** One of the announced readers is done. */
  void read(INDArray array) {
    Slab slab = lent.get(array);
    if (slab != null && --slab.readers == 0) {
      giveBack(array);
    }
  }

  /** One of the announced readers passes the array on as its own result, to these readers. */
  void passedOn(INDArray array, int readers) {
    Slab slab = lent.get(array);
    if (slab != null) {
      slab.readers += readers - 1;
    }
  }

  /** The owner is done. */
  void giveBack(INDArray array) {
    Slab slab = lent.remove(array);
    if (slab != null) {
      free.add(slab);
    }
  }

  /** Takes everything back, and frees what this pass had no use for where that is the most. */
  void reset() {
    lent.clear();
    free.clear();
    long all = slabs.stream().mapToLong(Slab::length).sum();
    long used = slabs.stream().filter(s -> s.used).mapToLong(Slab::length).sum();
    if (all > 2 * used) {
      slabs.stream().filter(s -> !s.used).forEach(Slab::close);
      slabs.removeIf(s -> !s.used);
    }
    slabs.forEach(s -> s.used = false);
    free.addAll(slabs);
  }

  @Override
  public void close() {
    slabs.forEach(Slab::close);
    slabs.clear();
    free.clear();
    lent.clear();
  }

  /** The smallest free slab that fits without wasting more than half of it, or a new one. */
  private Slab slab(long length) {
    Slab fitting =
        free.stream()
            .filter(s -> s.length() >= length && s.length() <= 2 * length)
            .min(Comparator.comparingLong(Slab::length))
            .orElse(null);
    if (fitting != null) {
      free.remove(fitting);
      return fitting;
    }
    var fresh = new Slab(length);
    slabs.add(fresh);
    return fresh;
  }
}
