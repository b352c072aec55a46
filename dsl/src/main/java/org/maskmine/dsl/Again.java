package org.maskmine.dsl;

/** Train anew although the run is stored; see {@link Maskmine#again}. */
public record Again() implements TrainOption, RetrainOption {
  @Override
  public String toString() {
    return "again()";
  }
}
