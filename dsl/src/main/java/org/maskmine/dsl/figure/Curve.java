package org.maskmine.dsl.figure;

import org.maskmine.data.Structure;

/**
 * How one network's training went.
 *
 * @param structure that it segments
 * @param trainingLoss mean of each epoch, the first epoch first
 * @param validationDice mean over the validation cases after each epoch, in [0, 1]; NaN where no
 *     case has the structure
 * @param keptEpoch whose weights are kept, counted from 1
 */
public record Curve(
    Structure structure, double[] trainingLoss, double[] validationDice, int keptEpoch) {
  /** Checks that there is one value per epoch. */
  public Curve {
    if (trainingLoss.length != validationDice.length
        || keptEpoch < 1
        || keptEpoch > trainingLoss.length) {
      throw new IllegalArgumentException(
          trainingLoss.length
              + " losses, "
              + validationDice.length
              + " Dice scores, epoch "
              + keptEpoch
              + " kept");
    }
  }
}
