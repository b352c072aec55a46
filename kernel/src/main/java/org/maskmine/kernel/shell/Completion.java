package org.maskmine.kernel.shell;

import java.util.List;

/**
 * What may stand at a place in a cell.
 *
 * @param matches replacements for the characters from {@code start} to {@code end}, best first
 * @param start first character replaced
 * @param end after the last character replaced
 */
public record Completion(List<String> matches, int start, int end) {
  /** Copies the list. */
  public Completion {
    matches = List.copyOf(matches);
  }
}
