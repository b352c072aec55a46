package org.maskmine.data;

import org.maskmine.UserError;

/**
 * From Hounsfield units to what networks see: everything below the window is 0, everything above is
 * 1, between them linear (PAPER section 3.2: [−100, 600]); then less a mean and by a deviation.
 *
 * @param low Hounsfield units that become 0
 * @param high Hounsfield units that become 1
 * @param mean subtracted afterwards; 0 where nothing is standardised
 * @param deviation divided by afterwards; 1 where nothing is standardised
 */
public record HuWindow(double low, double high, double mean, double deviation) {
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
    if (!(deviation > 0)) {
      throw new UserError(
          "z-score by a deviation of "
              + deviation
              + ": must be positive; the training images hold one value alone, check the window");
    }
  }

  /** A window without a z-score. */
  public HuWindow(double low, double high) {
    this(low, high, 0, 1);
  }
}
