package org.maskmine.network;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Named float32 arrays, in a fixed order: a network's weights or an optimiser's state. */
public record Weights(Map<String, Array> arrays) {
  /** Copies the map, keeping its order. */
  public Weights {
    arrays = Collections.unmodifiableMap(new LinkedHashMap<>(arrays));
  }

  /**
   * One array.
   *
   * @param shape lengths of the axes, outermost first
   * @param values row-major
   */
  public record Array(int[] shape, float[] values) {
    /** Checks that shape and values agree. */
    public Array {
      long n = 1;
      for (int s : shape) {
        n *= s;
      }
      if (n != values.length) {
        throw new IllegalArgumentException(
            values.length + " values for shape " + Arrays.toString(shape));
      }
    }
  }

  /** The array with this name. */
  public Array get(String name) {
    Array a = arrays.get(name);
    if (a == null) {
      throw new IllegalArgumentException("no array " + name);
    }
    return a;
  }

  /** Whether the other has the same arrays, number by number. */
  public boolean sameAs(Weights other) {
    return arrays.keySet().equals(other.arrays.keySet())
        && arrays.entrySet().stream()
            .allMatch(e -> Arrays.equals(e.getValue().values(), other.get(e.getKey()).values()));
  }

  /** All numbers together. */
  public long size() {
    return arrays.values().stream().mapToLong(a -> a.values().length).sum();
  }
}
