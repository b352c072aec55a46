package org.maskmine.cluster.spark;

import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;
import org.jspecify.annotations.Nullable;
import org.maskmine.Progress;
import org.maskmine.UserError;
import org.maskmine.study.StudyEvent;
import org.maskmine.study.StudyPlan;
import org.maskmine.study.StudyPlan.Planned;
import org.maskmine.study.StudyPlan.Retrain;
import org.maskmine.study.StudyWork;
import org.maskmine.training.Recipe;
import org.maskmine.training.RunBusy;

/** One run of a study as a task: what it is made of, no data. */
final class RunTask implements Function<Integer, String> {
  private static final long serialVersionUID = 1L;

  /** For as long as Spark takes to give a silent worker up, whose process may hold the run. */
  private static final int MOST_TRIES = 75;

  private static final long PAUSE_SECONDS = 2;

  private final String plan;
  private final String marker;
  private final @Nullable String baseId;

  /**
   * A task.
   *
   * @param plan as its {@link StudyPlan#text}
   * @param marker name of a file in the plan's home, by which a worker knows that it sees the same
   * @param baseId the finished base run; none for base runs
   */
  RunTask(String plan, String marker, @Nullable String baseId) {
    this.plan = plan;
    this.marker = marker;
    this.baseId = baseId;
  }

  /**
   * Trains the run with this number.
   *
   * @return a {@link StudyEvent} in a line: finished, or failed for a reason that another attempt
   *     would not mend
   */
  @Override
  public String call(Integer number) throws InterruptedException {
    Workplace here = Workplace.here();
    try {
      return trained(StudyPlan.parse(plan), number, here).line();
    } catch (UserError e) {
      return new StudyEvent.Failed(here.says(String.valueOf(e.getMessage()))).line();
    }
  }

  private StudyEvent trained(StudyPlan study, int number, Workplace here)
      throws InterruptedException {
    TaskContext task = TaskContext.get();
    long begun = System.nanoTime();
    Workplace.requireSameVersion(study);
    Planned run = study.runs().get(number);
    LentCard card = LentCard.of(task);
    Recipe recipe = run.base().recipe();
    String computes = Workplace.computes(recipe, card.apply(recipe.device()));
    StudyPlugin.tell(new StudyEvent.Begun(number, here.name(), computes, task.attemptNumber()));
    var progress = new TaskProgress(number, task);
    var work = new StudyWork(here.data(study, progress), here.store(study, marker), progress, card);
    StudyWork.Done done = patiently(() -> done(work, run, task.attemptNumber()), progress);
    double seconds = (System.nanoTime() - begun) / 1e9;
    return new StudyEvent.Finished(number, done.run().id(), done.trained(), seconds);
  }

  private StudyWork.Done done(StudyWork work, Planned run, int attempt) {
    Retrain again = run.again();
    if (again == null) {
      return work.base(run.base());
    }
    // What an attempt before this one has trained anew is gone on with.
    boolean anew = again.anew() && attempt == 0;
    return work.retrained(
        Objects.requireNonNull(baseId),
        new Retrain(again.name(), again.retraining(), again.rounds(), anew));
  }

  /** Waits while the process of an attempt that Spark has given up still holds the run. */
  private static StudyWork.Done patiently(Supplier<StudyWork.Done> work, Progress progress)
      throws InterruptedException {
    int waited = 0;
    while (true) {
      try {
        return work.get();
      } catch (RunBusy e) {
        if (waited == MOST_TRIES) {
          throw e;
        }
        progress.report(
            "waiting for another process at work on this run", waited++, MOST_TRIES, "");
        TimeUnit.SECONDS.sleep(PAUSE_SECONDS);
      }
    }
  }
}
