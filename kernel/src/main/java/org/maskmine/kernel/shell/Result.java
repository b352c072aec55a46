package org.maskmine.kernel.shell;

import org.jspecify.annotations.Nullable;

/**
 * What a cell came to.
 *
 * @param shown whether it ended in an expression, without a semicolon, whose value is to be shown
 * @param value that value
 */
public record Result(boolean shown, @Nullable Object value) {
  /** Nothing to show. */
  public static final Result NOTHING = new Result(false, null);
}
