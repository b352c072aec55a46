package org.maskmine.kernel;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

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
    executor.execute(() -> take(number, cell));
  }

  private void take(long number, Consumer<Turn> cell) {
    try {
      cell.accept(number <= abortedUpTo ? Turn.ABORTED : Turn.RUN);
    } catch (RuntimeException | Error e) { // those behind it must not suffer for it
      LoggerFactory.getLogger(CellQueue.class)
          .error("something failed after a cell; the next one runs", e);
    }
  }

  /** Turns away all that wait now. */
  void abortWaiting() {
    abortedUpTo = last.get();
  }
}
