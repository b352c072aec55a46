package org.maskmine.study;

import java.util.Optional;

/** What happens while the runs of a study are trained elsewhere, as lines of text. */
public sealed interface StudyEvent {
  /**
   * The runs begin.
   *
   * @param by what shares them out, with its version: {@code Apache Spark 4.2.0}
   */
  record Started(String by) implements StudyEvent {}

  /**
   * A run begins, or goes on after a failure.
   *
   * @param run its number in the plan
   * @param worker where: {@code host2, executor 1}
   * @param computes engine, device and precision: {@code torch: libtorch 2.10.0, CPU, 2 threads,
   *     bf16}
   * @param attempt from 0
   */
  record Begun(int run, String worker, String computes, int attempt) implements StudyEvent {}

  /** How far a run is; see {@link org.maskmine.Progress#report}. */
  record Reported(int run, String activity, int done, int total, String note)
      implements StudyEvent {}

  /** An epoch of a run is done; see {@link org.maskmine.Progress#epoch}. */
  record EpochDone(int run, String network, int number, double loss, double dice)
      implements StudyEvent {}

  /**
   * A run is finished.
   *
   * @param id in the run store
   * @param trained whether anything had to be trained
   * @param seconds from the task's begin to its end
   */
  record Finished(int run, String id, boolean trained, double seconds) implements StudyEvent {}

  /** The study cannot go on, for a reason that the user can mend. */
  record Failed(String sentence) implements StudyEvent {}

  /** This event in one line, which {@link #parse} reads. */
  default String line() {
    return EventLines.write(this);
  }

  /** The event in a line; none where the line is something else, as libraries print. */
  static Optional<StudyEvent> parse(String line) {
    return EventLines.read(line);
  }
}
