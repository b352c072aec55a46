package org.maskmine.kernel.shell;

/**
 * Whether a cell can be run as it stands.
 *
 * @param state what Enter should do
 * @param indent what the next line should begin with where the cell goes on
 */
public record Completeness(State state, String indent) {
  /** What Enter should do. */
  public enum State {
    /** Run the cell. */
    COMPLETE,
    /** Continue on a new line. */
    INCOMPLETE,
    /** Run the cell and see its error. */
    INVALID
  }
}
