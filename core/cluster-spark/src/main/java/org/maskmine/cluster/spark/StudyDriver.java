package org.maskmine.cluster.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;
import org.maskmine.DiskTrouble;
import org.maskmine.UserError;
import org.maskmine.Worker;
import org.maskmine.study.StudyEvent;
import org.maskmine.study.StudyPlan;
import org.maskmine.study.StudyPlan.Planned;

/**
 * Gives the runs of a study to Spark: every base run at once, and what is made of it as soon as it
 * is finished. Which worker takes which run, and who takes it over, is Spark's business.
 */
final class StudyDriver {
  private final StudyPlan plan;
  private final Consumer<StudyEvent> listener;
  private final String marker = ".study-" + UUID.randomUUID();

  /** What the others are compared with. */
  private StudyEvent.@Nullable Begun first;

  /** Completed by the first thing that goes wrong. */
  final CompletableFuture<Void> failure = new CompletableFuture<>();

  /**
   * A driver.
   *
   * @param listener told of everything that happens, one event at a time
   */
  StudyDriver(StudyPlan plan, Consumer<StudyEvent> listener) {
    this.plan = plan;
    this.listener = listener;
  }

  /**
   * Trains everything that is not finished.
   *
   * @param conf with the master
   * @throws UserError where the study cannot go on, for a reason that the user can mend
   */
  void run(SparkConf conf) {
    Workplace.requireSameVersion(plan);
    Masters.requireReachable(conf.get("spark.master", ""));
    Path mark = Path.of(plan.home()).resolve(marker);
    ExecutorService waiting = Executors.newCachedThreadPool(StudyDriver::daemon);
    StudyPlugin.listen(this::told);
    try (var spark = Masters.connect(Settings.with(conf))) {
      leave(mark);
      tell(new StudyEvent.Started("Apache Spark " + spark.version()));
      await(CompletableFuture.anyOf(failure, all(spark, waiting)));
    } finally {
      waiting.shutdownNow();
      StudyPlugin.listen(event -> {});
      delete(mark);
    }
  }

  private static Thread daemon(Runnable work) {
    var thread = new Thread(work, "maskmine-study");
    thread.setDaemon(true);
    return thread;
  }

  private void leave(Path mark) {
    try {
      Files.createDirectories(Path.of(plan.home()));
      Files.createFile(mark);
    } catch (IOException e) {
      throw DiskTrouble.writing(mark, e);
    }
    // A notebook that stops waiting ends this program at once.
    mark.toFile().deleteOnExit();
  }

  private static void delete(Path mark) {
    try {
      Files.deleteIfExists(mark);
    } catch (IOException e) {
      // An empty, hidden file stays.
    }
  }

  /** Ends as the study does; at once where something is wrong. */
  static void await(CompletableFuture<?> end) {
    try {
      end.join();
    } catch (CompletionException e) {
      throw Worker.rethrown(e.getCause());
    }
  }

  private CompletableFuture<Void> all(JavaSparkContext spark, ExecutorService waiting) {
    List<CompletableFuture<?>> ends = new ArrayList<>();
    CompletableFuture<String> base = CompletableFuture.completedFuture("");
    for (Planned run : plan.runs()) {
      if (run.again() == null) {
        base = submit(spark, run, null, waiting);
        ends.add(base);
      } else {
        ends.add(base.thenCompose(id -> submit(spark, run, id, waiting)));
      }
    }
    return CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new));
  }

  /** A run as a job of one task; gives its id. */
  private CompletableFuture<String> submit(
      JavaSparkContext spark, Planned run, @Nullable String baseId, ExecutorService waiting) {
    spark.setJobDescription(run.activity());
    JavaFutureAction<List<String>> job =
        spark
            .parallelize(List.of(run.number()), 1)
            .map(new RunTask(plan.text(), marker, baseId))
            .collectAsync();
    var end = CompletableFuture.supplyAsync(() -> finished(run, job), waiting);
    end.whenComplete(
        (id, e) -> {
          if (e != null) {
            failure.completeExceptionally(e);
          }
        });
    return end;
  }

  private String finished(Planned run, JavaFutureAction<List<String>> job) {
    StudyEvent event;
    try {
      event = StudyEvent.parse(job.get().get(0)).orElseThrow();
    } catch (ExecutionException e) {
      throw new IllegalStateException(run.activity() + " failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(run.activity() + " was interrupted", e);
    }
    if (event instanceof StudyEvent.Failed failed) {
      throw new UserError(failed.sentence());
    }
    tell(event);
    return ((StudyEvent.Finished) event).id();
  }

  /** An event from a worker. */
  void told(StudyEvent event) {
    if (event instanceof StudyEvent.Failed failed) {
      failure.completeExceptionally(new UserError(failed.sentence()));
      return;
    }
    if (event instanceof StudyEvent.Begun begun) {
      compare(begun);
    }
    tell(event);
  }

  /** Numbers of one study must come from one way of computing. */
  private synchronized void compare(StudyEvent.Begun begun) {
    if (first == null) {
      first = begun;
    }
    if (!first.computes().equals(begun.computes())) {
      failure.completeExceptionally(
          new UserError(
              "the workers compute differently: "
                  + first.worker()
                  + " with "
                  + first.computes()
                  + ", "
                  + begun.worker()
                  + " with "
                  + begun.computes()
                  + "; name what all of them have, such as engine(DL4J) or device(\"cpu\"), or take"
                  + " workers that are alike"));
    }
  }

  private synchronized void tell(StudyEvent event) {
    listener.accept(event);
  }
}
