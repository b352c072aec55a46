package org.maskmine.cluster.spark;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.maskmine.study.StudyEvent;
import org.maskmine.study.StudyPlan;
import org.maskmine.study.StudyPlan.Planned;

/** Events for whoever started the study from a shell: a line when a run begins and when it ends. */
final class Lines implements Consumer<StudyEvent> {
  private final List<Planned> runs;
  private final PrintStream out;
  private int finished;

  Lines(StudyPlan plan, PrintStream out) {
    this.runs = plan.runs();
    this.out = out;
  }

  @Override
  public void accept(StudyEvent event) {
    if (event instanceof StudyEvent.Started started) {
      out.println("study of " + runs.size() + " runs on " + started.by());
    } else if (event instanceof StudyEvent.Begun begun) {
      String again = begun.attempt() > 0 ? ", attempt " + (begun.attempt() + 1) : "";
      out.println(activity(begun.run()) + ": on " + begun.worker() + again);
    } else if (event instanceof StudyEvent.Finished done) {
      finished++;
      String took =
          done.trained()
              ? String.format(Locale.ROOT, "%.0f s", done.seconds())
              : "was stored already";
      out.println(
          finished
              + " of "
              + runs.size()
              + ": "
              + activity(done.run())
              + ": "
              + done.id()
              + ", "
              + took);
    }
  }

  private String activity(int run) {
    return runs.get(run).activity();
  }
}
