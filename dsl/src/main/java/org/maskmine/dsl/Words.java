package org.maskmine.dsl;

import java.util.List;
import java.util.stream.Collectors;

/** Options as they are written in a cell. */
final class Words {
  private Words() {}

  /** {@code (a, b)}. */
  static String of(List<?> all) {
    return all.stream().map(String::valueOf).collect(Collectors.joining(", ", "(", ")"));
  }
}
