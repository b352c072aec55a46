package org.maskmine;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs work that writes files on a thread of its own: an interrupt of the caller's thread would
 * close the files being written. The caller waits; its interrupt becomes a cancellation at the next
 * report.
 */
public final class Worker {
  private Worker() {}

  /**
   * Runs work and waits for it.
   *
   * @param progress told of the work's reports
   * @param work given the progress that ends it once it is cancelled
   * @throws java.util.concurrent.CancellationException where the caller was interrupted
   */
  public static <T> T run(Progress progress, Function<Progress, T> work) {
    var cancelled = new AtomicBoolean();
    Callable<T> call = () -> work.apply(new Guarded(progress, cancelled));
    var task = new FutureTask<>(call);
    var thread = new Thread(task, "maskmine-worker");
    thread.setDaemon(true);
    thread.setContextClassLoader(Worker.class.getClassLoader());
    thread.start();
    while (true) {
      try {
        return task.get();
      } catch (InterruptedException e) {
        cancelled.set(true);
      } catch (ExecutionException e) {
        throw rethrown(e.getCause());
      }
    }
  }

  /** Ends the work at its next report once it is cancelled. */
  private record Guarded(Progress progress, AtomicBoolean cancelled) implements Progress {
    @Override
    public void report(String activity, int done, int total, String note) {
      if (cancelled.get()) {
        throw new CancellationException("interrupted while " + activity);
      }
      try {
        progress.report(activity, done, total, note);
      } catch (CancellationException e) {
        // Who shows the report may see the interrupt before the caller's thread does.
        var interrupted = new CancellationException("interrupted while " + activity);
        interrupted.initCause(e);
        throw interrupted;
      }
    }

    @Override
    public void epoch(String network, int number, double trainingLoss, double validationDice) {
      progress.epoch(network, number, trainingLoss, validationDice);
    }
  }

  /**
   * What to throw where work on another thread has failed.
   *
   * @param cause of the failure, as a future gives it
   * @throws Error where it is one
   */
  public static RuntimeException rethrown(@Nullable Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException e ? e : new IllegalStateException(cause);
  }
}
