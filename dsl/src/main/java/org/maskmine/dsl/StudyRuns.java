package org.maskmine.dsl;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maskmine.study.StudyPlan;
import org.maskmine.study.StudyPlan.Planned;
import org.maskmine.study.StudyPlan.Retrain;
import org.maskmine.study.StudyWork;

/** The runs of a study, trained when they are first asked for: here, or on a cluster. */
final class StudyRuns {
  private final Data data;
  private final StudyPlan plan;
  private final @Nullable Spark cluster;
  private @Nullable List<Run> runs;

  StudyRuns(Data data, StudyPlan plan, @Nullable Spark cluster) {
    this.data = data;
    this.plan = plan;
    this.cluster = cluster;
  }

  Data data() {
    return data;
  }

  StudyPlan plan() {
    return plan;
  }

  /** Every run, in the plan's order. */
  synchronized List<Run> get() {
    if (runs == null) {
      var screen = new StudyScreen(plan.runs().size());
      runs =
          cluster == null
              ? here(screen)
              : new SparkStudy(data.dataset(), plan, cluster, screen).runs();
    }
    return runs;
  }

  private List<Run> here(StudyScreen screen) {
    List<Run> done = new ArrayList<>();
    String base = "";
    for (Planned planned : plan.runs()) {
      Run run = trained(planned, base, screen);
      base = planned.again() == null ? run.id() : base;
      done.add(run);
    }
    return List.copyOf(done);
  }

  private Run trained(Planned planned, String baseId, StudyScreen screen) {
    long begun = System.nanoTime();
    Retrain again = planned.again();
    StudyWork.Done done;
    try (var lane = screen.begin(planned.activity());
        var progress = new LiveTraining(lane)) {
      var work = new StudyWork(data.dataset(), plan.store(), progress);
      done = again == null ? work.base(planned.base()) : work.retrained(baseId, again);
    }
    var run = new Run(done.run(), data.dataset(), !done.trained());
    screen.add(run, done.trained() ? (System.nanoTime() - begun) / 1e9 : null);
    return run;
  }
}
