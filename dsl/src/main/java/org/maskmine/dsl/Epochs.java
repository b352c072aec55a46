package org.maskmine.dsl;

import org.maskmine.UserError;

/** How long each network is trained; see {@link Maskmine#epochs}. */
public record Epochs(int count) implements TrainOption, RetrainOption, StudyOption {
  /** Checks the count. */
  public Epochs {
    if (count < 1 || count > 100_000) {
      throw new UserError("epochs(" + count + "): must be 1 to 100000; try epochs(30)");
    }
  }

  @Override
  public String toString() {
    return "epochs(" + count + ")";
  }
}
