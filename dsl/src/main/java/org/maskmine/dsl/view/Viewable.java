package org.maskmine.dsl.view;

/** A value that knows how it looks. */
public interface Viewable {
  /** The value as it is shown. */
  View view();
}
