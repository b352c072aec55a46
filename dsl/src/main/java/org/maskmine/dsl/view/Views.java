package org.maskmine.dsl.view;

/** Makes a view of any value. */
public final class Views {
  private Views() {}

  /**
   * How a value is shown: by itself where it is {@link Viewable}, by its type where known, else as
   * text.
   */
  public static View of(Object value) {
    return value instanceof Viewable viewable ? viewable.view() : View.text(String.valueOf(value));
  }
}
