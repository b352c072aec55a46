package org.maskmine.training;

import org.maskmine.UserError;

/**
 * Adam, and how long it works.
 *
 * @param epochs of training
 * @param learningRate before the schedule
 * @param schedule steps of the learning rate
 * @param l2 coupled L2 penalty
 */
public record Optimiser(int epochs, double learningRate, Schedule schedule, double l2) {
  /** Checks the numbers. */
  public Optimiser {
    Patches.require(epochs >= 1, "epochs", epochs, "must be at least 1");
    if (!(learningRate > 0) || learningRate > 1) {
      throw new UserError(
          "learning rate " + learningRate + ": must be above 0 and at most 1; try 0.001");
    }
    if (!(l2 >= 0) || l2 > 1) {
      throw new UserError("L2 penalty " + l2 + ": must be 0 to 1; try 1e-5");
    }
  }

  /** For as many epochs. */
  public Optimiser epochs(int epochs) {
    return new Optimiser(epochs, learningRate, schedule, l2);
  }

  /** With another learning rate. */
  public Optimiser learningRate(double rate) {
    return new Optimiser(epochs, rate, schedule, l2);
  }

  /** With other steps of the learning rate. */
  public Optimiser schedule(Schedule schedule) {
    return new Optimiser(epochs, learningRate, schedule, l2);
  }

  /** With another L2 penalty. */
  public Optimiser l2(double l2) {
    return new Optimiser(epochs, learningRate, schedule, l2);
  }
}
