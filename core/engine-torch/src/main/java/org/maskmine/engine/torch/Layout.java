package org.maskmine.engine.torch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.maskmine.network.Parameter;

/**
 * Where each array lies within one long piece of memory. Arrays of one piece are optimised together
 * in a few operations.
 *
 * @param slots by name, in the graph's order
 * @param size numbers in the piece, gaps included
 */
record Layout(Map<String, Slot> slots, long size) {
  /** Arrays begin on a cache line: 16 numbers of 4 bytes. */
  private static final long ALIGNMENT = 16;

  /**
   * One array's place.
   *
   * @param strides how far neighbours along each axis lie apart; channels last for the weights of
   *     convolutions, which is what the kernels read fastest
   */
  record Slot(String name, int[] shape, long offset, long[] strides) {
    long length() {
      long n = 1;
      for (int s : shape) {
        n *= s;
      }
      return n;
    }

    long[] sizes() {
      long[] sizes = new long[shape.length];
      for (int i = 0; i < shape.length; i++) {
        sizes[i] = shape[i];
      }
      return sizes;
    }
  }

  /** Neighbouring slots as one stretch of memory. */
  record Range(long offset, long length) {}

  static Layout of(List<Parameter> parameters) {
    Map<String, Slot> slots = new LinkedHashMap<>();
    long offset = 0;
    for (Parameter p : parameters) {
      var slot = new Slot(p.name(), p.shape(), offset, strides(p.shape()));
      slots.put(p.name(), slot);
      offset += aligned(slot.length());
    }
    return new Layout(slots, Math.max(offset, ALIGNMENT));
  }

  /** The wanted slots as as few ranges as possible. */
  List<Range> ranges(Predicate<String> wanted) {
    List<Range> ranges = new ArrayList<>();
    for (Slot slot : slots.values()) {
      if (!wanted.test(slot.name())) {
        continue;
      }
      int last = ranges.size() - 1;
      long length = aligned(slot.length());
      if (last >= 0 && ranges.get(last).offset() + ranges.get(last).length() == slot.offset()) {
        Range before = ranges.remove(last);
        ranges.add(new Range(before.offset(), before.length() + length));
      } else {
        ranges.add(new Range(slot.offset(), length));
      }
    }
    return ranges;
  }

  private static long aligned(long length) {
    return (length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  /** Channels last where there are spatial axes, else row-major. */
  private static long[] strides(int[] shape) {
    long[] strides = new long[shape.length];
    long stride = 1;
    if (shape.length > 2) {
      strides[1] = 1;
      stride = shape[1];
    }
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      if (shape.length <= 2 || axis != 1) {
        strides[axis] = stride;
        stride *= shape[axis];
      }
    }
    return strides;
  }
}
