package org.maskmine.kernel;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a cell can do with its own output and input; imported statically into every notebook. */
public final class Notebook {
  private static volatile @Nullable NotebookKernel kernel;

  private Notebook() {}

  static void attach(NotebookKernel running) {
    kernel = running;
  }

  /** Shows a value as a cell's last expression would, at any point and from any thread. */
  public static void display(Object value) {
    displayAs(UUID.randomUUID().toString(), value);
  }

  /** Shows a value under an id by which {@link #updateDisplay} finds it again. */
  public static void displayAs(String id, Object value) {
    kernel().display(id, value);
  }

  /** Replaces what {@link #displayAs} showed, where it was shown. */
  public static void updateDisplay(String id, Object value) {
    kernel().update(id, value);
  }

  /** Removes what the cell has printed and shown. */
  public static void clearOutput() {
    kernel().clearOutput(false);
  }

  /** Removes what the cell has printed and shown as soon as it prints or shows again. */
  public static void clearOutputBeforeNext() {
    kernel().clearOutput(true);
  }

  /**
   * Asks the user for a line of text.
   *
   * @throws org.maskmine.UserError where nobody can answer
   */
  public static String input(String prompt) {
    return kernel().ask(prompt, false);
  }

  /**
   * Asks the user for a secret, which the front end does not show.
   *
   * @throws org.maskmine.UserError where nobody can answer
   */
  public static String password(String prompt) {
    return kernel().ask(prompt, true);
  }

  private static NotebookKernel kernel() {
    NotebookKernel running = kernel;
    if (running == null) {
      throw new IllegalStateException("no notebook: only cells of a running kernel have output");
    }
    return running;
  }
}
