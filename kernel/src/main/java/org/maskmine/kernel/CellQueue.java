package org.maskmine.kernel;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Cells wait here for their turn; after a failure those that already wait are turned away. */
final class CellQueue {
  private final ExecutorService executor =
      Executors.newSingleThreadExecutor(
          work -> {
            var thread = new Thread(work, "cells");
            thread.setDaemon(true);
            return thread;
          });
  private final AtomicLong last = new AtomicLong();
  private volatile long abortedUpTo;

  /** What becomes of a cell. */
  enum Turn {
    /** It is run. */
    RUN,
    /** A cell before it failed. */
    ABORTED
  }

  void add(Consumer<Turn> cell) {
    long number = last.incrementAndGet();
    executor.execute(() -> cell.accept(number <= abortedUpTo ? Turn.ABORTED : Turn.RUN));
  }

  /** Turns away all that wait now. */
  void abortWaiting() {
    abortedUpTo = last.get();
  }
}
