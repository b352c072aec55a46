package org.maskmine;

import java.util.concurrent.CancellationException;

/**
 * The window through which long work reports itself and learns that it is no longer wanted.
 *
 * <p>Implemented by the room above (a bar in a notebook cell, a line in a terminal). Called from
 * any thread, often: implementations drop reports that come too fast.
 */
@FunctionalInterface
public interface Progress {
  /** Reports to nobody and never cancels. */
  Progress NONE = (activity, done, total, note) -> {};

  /**
   * Reports that {@code done} of {@code total} steps of an activity are finished.
   *
   * @param activity what runs, as a user would say it: {@code "training the lesion network"}
   * @param note what to show beside the bar, such as the current loss; may be empty
   * @throws CancellationException where the user asked to stop; the caller cleans up and lets it
   *     pass
   */
  void report(String activity, int done, int total, String note);

  /**
   * Reports that an epoch of a training is finished, for curves that grow while it runs.
   *
   * @param network {@code liver} or {@code lesion}
   * @param number of the epoch, from 1; a training that goes on reports the earlier ones first
   * @param trainingLoss mean over the epoch's steps
   * @param validationDice mean over the validation cases, in [0, 1]; NaN where none has the
   *     structure
   */
  default void epoch(String network, int number, double trainingLoss, double validationDice) {}
}
