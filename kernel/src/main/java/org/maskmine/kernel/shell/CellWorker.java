package org.maskmine.kernel.shell;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * The thread that code of cells runs on: the same one from cell to cell, so that thread locals of
 * libraries keep their values, until a cell that does not listen to Interrupt is left behind on it.
 */
final class CellWorker {
  private final ClassLoader contextLoader;
  private final Reserve reserve = new Reserve();
  private volatile Life life;

  CellWorker(ClassLoader contextLoader) {
    this.contextLoader = contextLoader;
    this.life = new Life();
  }

  /** Keeps memory back for a cell that uses up the rest. */
  void keepReserve() {
    reserve.fill();
  }

  /**
   * Runs a task and waits for it.
   *
   * @throws CancellationException where the user gave the task up
   */
  @Nullable Object run(Callable<? extends @Nullable Object> task) throws Throwable {
    // "get" of the task itself wraps what failed, and each JDK wraps a cancellation differently.
    Outcome outcome = start(task).handle(Outcome::new).get();
    if (outcome.failure() != null) {
      throw outcome.failure();
    }
    return outcome.value();
  }

  /** What a task gave, or why it gave nothing. */
  private record Outcome(@Nullable Object value, @Nullable Throwable failure) {}

  private synchronized CompletableFuture<@Nullable Object> start(
      Callable<? extends @Nullable Object> task) {
    return life.start(task);
  }

  /**
   * Interrupts the running task. A task that goes on regardless is left behind at the second call,
   * and the next one runs on a new thread.
   */
  synchronized void interrupt() {
    boolean again = Checkpoint.interrupted();
    Checkpoint.interrupt();
    if (life.busy() && again) {
      Life old = life;
      life = new Life();
      old.abandon();
    } else if (life.busy()) {
      life.thread.interrupt();
    }
  }

  /** One thread and what runs on it. */
  private final class Life {
    private final ExecutorService executor = Executors.newSingleThreadExecutor(this::thread);
    private volatile Thread thread = Thread.currentThread();
    private volatile CompletableFuture<@Nullable Object> task =
        CompletableFuture.completedFuture(null);

    private Thread thread(Runnable work) {
      var made = new Thread(work, "cell");
      made.setDaemon(true);
      made.setContextClassLoader(contextLoader);
      thread = made;
      return made;
    }

    boolean busy() {
      return !task.isDone();
    }

    CompletableFuture<@Nullable Object> start(Callable<? extends @Nullable Object> work) {
      var result = new CompletableFuture<@Nullable Object>();
      task = result;
      executor.execute(() -> finish(work, result));
      return result;
    }

    private void finish(
        Callable<? extends @Nullable Object> work, CompletableFuture<@Nullable Object> result) {
      Thread.interrupted(); // one that came too late for the task before
      reserve.renew();
      try {
        result.complete(work.call());
      } catch (Throwable e) {
        if (e instanceof OutOfMemoryError) {
          reserve.release(); // at once: even to hand over the error takes memory
        }
        result.completeExceptionally(e);
      }
    }

    void abandon() {
      Checkpoint.abandon(thread);
      executor.shutdown();
      task.completeExceptionally(
          new CancellationException("the cell did not stop; it was left behind on its thread"));
    }
  }
}
