package org.maskmine.scoring;

/** What the Dice score of a case is that has neither prediction nor truth. */
public enum Convention {
  /** It has none: the case is left out of the mean and counted (PAPER section 4). */
  LEFT_OUT,
  /** It is 1, as in the LiTS challenge's scoring program. */
  LITS;

  double dice(Confusion confusion) {
    double dice = confusion.dice();
    return Double.isNaN(dice) && this == LITS ? 1 : dice;
  }
}
