package org.maskmine.training;

import java.util.List;

/**
 * A step schedule: the learning rate is multiplied by a factor when a share of the epochs is over.
 *
 * @param milestones shares of the epochs, in [0, 1]
 * @param factor of each step
 */
public record Schedule(List<Double> milestones, double factor) {
  /** Copies the list. */
  public Schedule {
    milestones = List.copyOf(milestones);
  }

  /** The learning rate of an epoch, counted from 0; the first has the base rate, always. */
  public double rate(double base, int epoch, int epochs) {
    double rate = base;
    for (double m : milestones) {
      if (epoch > 0 && epoch >= (int) (epochs * m)) {
        rate *= factor;
      }
    }
    return rate;
  }
}
