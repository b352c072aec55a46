package org.maskmine.training;

import org.maskmine.UserError;

/**
 * The Hounsfield units that matter: everything below is 0, everything above is 1, between them
 * linear (PAPER section 3.2: [−100, 600]).
 */
public record HuWindow(double low, double high) {
  /** Checks that the window is not empty. */
  public HuWindow {
    if (!(low < high)) {
      throw new UserError(
          "HU window ["
              + low
              + ", "
              + high
              + "]: the lower end must be below the upper; swap them");
    }
  }
}
