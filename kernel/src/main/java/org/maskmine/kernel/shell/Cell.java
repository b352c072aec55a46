package org.maskmine.kernel.shell;

import java.util.function.Consumer;

/**
 * One cell to run.
 *
 * @param number its execution count, as shown beside it
 * @param source what the user wrote
 * @param onThread called on the cell's thread before its code, to tell that thread whom it works
 *     for
 * @param note takes a sentence for the user that is no failure
 */
public record Cell(int number, String source, Runnable onThread, Consumer<String> note) {

  /** The same cell with another source. */
  public Cell withSource(String other) {
    return new Cell(number, other, onThread, note);
  }
}
