package org.maskmine.cluster.spark;

import java.util.concurrent.CancellationException;
import org.apache.spark.TaskContext;
import org.maskmine.Progress;
import org.maskmine.study.StudyEvent;

/** A task's reports on their way to the driver, four a second; ends the work of a killed task. */
final class TaskProgress implements Progress {
  private static final long PERIOD_NANOS = 250_000_000;

  private final int run;
  private final TaskContext task;
  private String activity = "";
  private long sent;

  TaskProgress(int run, TaskContext task) {
    this.run = run;
    this.task = task;
  }

  @Override
  public synchronized void report(String activity, int done, int total, String note) {
    if (task.isInterrupted()) {
      throw new CancellationException("Spark ended the task while " + activity);
    }
    long now = System.nanoTime();
    boolean last = done == total;
    if (last || !activity.equals(this.activity) || now - sent >= PERIOD_NANOS) {
      this.activity = activity;
      sent = now;
      StudyPlugin.tell(new StudyEvent.Reported(run, activity, done, total, note));
    }
  }

  @Override
  public void epoch(String network, int number, double trainingLoss, double validationDice) {
    StudyPlugin.tell(new StudyEvent.EpochDone(run, network, number, trainingLoss, validationDice));
  }
}
