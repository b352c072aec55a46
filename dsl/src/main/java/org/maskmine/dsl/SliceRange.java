package org.maskmine.dsl;

import java.util.List;
import java.util.stream.IntStream;
import org.maskmine.UserError;

/** Slices from one to another, both included; see {@link Maskmine#slices}. */
public record SliceRange(int first, int last) {
  private static final int MOST = 12;

  /** Checks the order and that a page holds them. */
  public SliceRange {
    if (first < 0 || last < first || last - first >= MOST) {
      throw new UserError(
          "slices("
              + first
              + ", "
              + last
              + "): must run upwards from 0 or more, at most "
              + MOST
              + " of them; try slices(4, 8)");
    }
  }

  List<Integer> all() {
    return IntStream.rangeClosed(first, last).boxed().toList();
  }

  @Override
  public String toString() {
    return "slices(" + first + ", " + last + ")";
  }
}
