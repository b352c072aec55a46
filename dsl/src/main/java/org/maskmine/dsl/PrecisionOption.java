package org.maskmine.dsl;

import org.maskmine.engine.Engine.Precision;

/** Number format of feature maps; see {@link Maskmine#precision}. */
public record PrecisionOption(Precision precision) implements TrainOption {
  @Override
  public String toString() {
    return "precision(" + precision + ")";
  }
}
