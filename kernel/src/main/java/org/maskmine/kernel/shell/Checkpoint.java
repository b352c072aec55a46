package org.maskmine.kernel.shell;

import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where running code learns that the user pressed Interrupt. Calls to {@link #check} are injected
 * into the byte code of every cell, so the class is public; nobody writes them by hand.
 */
public final class Checkpoint {
  private static final Set<Thread> ABANDONED = ConcurrentHashMap.newKeySet();

  private static volatile boolean interrupted;

  /** The one field read on the fast path: somebody, perhaps not this thread, has to stop. */
  private static volatile boolean alarm;

  private Checkpoint() {}

  /**
   * Returns at once, unless the running cell was interrupted or this thread was given up earlier.
   *
   * @throws CancellationException where this thread has to stop
   */
  public static void check() {
    if (alarm) {
      checkThread();
    }
  }

  private static void checkThread() {
    if (interrupted || ABANDONED.contains(Thread.currentThread())) {
      throw new CancellationException("the cell was interrupted");
    }
  }

  /** A new cell begins: the interrupt of the one before is over, but not for abandoned threads. */
  static void reset() {
    ABANDONED.removeIf(thread -> !thread.isAlive());
    interrupted = false;
    alarm = !ABANDONED.isEmpty();
  }

  static void interrupt() {
    interrupted = true;
    alarm = true;
  }

  static boolean interrupted() {
    return interrupted;
  }

  /** This thread outlived its cell; it stops at the next check, whatever runs then. */
  static void abandon(Thread thread) {
    ABANDONED.add(thread);
    alarm = true;
  }
}
