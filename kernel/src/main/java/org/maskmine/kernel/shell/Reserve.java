package org.maskmine.kernel.shell;

import org.jspecify.annotations.Nullable;

/**
 * Memory kept back for the moment when a cell has used up all the rest: to say so, and to compile
 * the cell that lets go of something.
 */
final class Reserve {
  private static final int BYTES = 12 << 20;

  private byte @Nullable [] kept;
  private boolean spent;

  /** Memory is exhausted. */
  synchronized void release() {
    kept = null;
    spent = true;
  }

  /** Fills the reserve again after it was needed. */
  synchronized void renew() {
    if (spent) {
      fill();
    }
  }

  /** Fills the reserve, where there is room. */
  synchronized void fill() {
    if (kept == null && free() > 3L * BYTES) {
      try {
        kept = new byte[BYTES];
      } catch (OutOfMemoryError e) {
        // what is free lies in pieces; the next cell tries again
      }
    }
  }

  private static long free() {
    Runtime java = Runtime.getRuntime();
    return java.maxMemory() - java.totalMemory() + java.freeMemory();
  }
}
