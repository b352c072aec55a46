package org.maskmine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Does one piece of work on another thread while the caller prepares the next: writing or scoring a
 * mask while the next one is predicted. Pieces are done one after the other, in order.
 */
public final class Behind implements AutoCloseable {
  private CompletableFuture<Void> begun = CompletableFuture.completedFuture(null);

  /** Begins a piece of work once the one before is done; fails as that one failed. */
  public void run(Runnable work) {
    close();
    begun = CompletableFuture.runAsync(work);
  }

  /** Waits for the work that has begun, and fails as it failed. */
  @Override
  public void close() {
    CompletableFuture<Void> due = begun;
    begun = CompletableFuture.completedFuture(null);
    try {
      due.join();
    } catch (CompletionException e) {
      throw Worker.rethrown(e.getCause());
    }
  }
}
