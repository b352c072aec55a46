package org.maskmine.dsl;

import org.maskmine.UserError;

/** How often a run is mined and retrained; see {@link Maskmine#rounds}. */
public record Rounds(int count) implements RetrainOption {
  /** Checks the count. */
  public Rounds {
    if (count < 1 || count > 100) {
      throw new UserError("rounds(" + count + "): must be 1 to 100; try rounds(3)");
    }
  }

  @Override
  public String toString() {
    return "rounds(" + count + ")";
  }
}
