package org.maskmine.dsl;

import org.maskmine.data.HuWindow;

/** The Hounsfield units that networks see; see {@link Maskmine#window}. */
public record Window(HuWindow hu) implements TrainOption {
  @Override
  public String toString() {
    return "window(" + hu.low() + ", " + hu.high() + ")";
  }
}
