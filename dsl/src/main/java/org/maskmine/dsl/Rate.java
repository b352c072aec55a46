package org.maskmine.dsl;

import org.maskmine.UserError;

/** Adam's learning rate; see {@link Maskmine#rate}. */
public record Rate(double value) implements TrainOption, RetrainOption {
  /** Checks the rate. */
  public Rate {
    if (!(value > 0) || value > 1) {
      throw new UserError("rate(" + value + "): must be above 0 and at most 1; try rate(0.001)");
    }
  }

  @Override
  public String toString() {
    return "rate(" + value + ")";
  }
}
