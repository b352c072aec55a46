package org.maskmine.dsl;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.maskmine.UserError;
import org.maskmine.data.Dataset;
import org.maskmine.study.StudyEvent;
import org.maskmine.study.StudyPlan;
import org.maskmine.study.StudyPlan.Planned;

/** A study on Apache Spark as its cell sees it: what the workers say becomes bars and results. */
final class SparkStudy {
  private final Dataset data;
  private final StudyPlan plan;
  private final Spark spark;
  private final StudyScreen screen;
  private final List<Planned> planned;
  private final @Nullable Run[] runs;
  private final Map<Integer, Shown> shown = new HashMap<>();

  /** Stands in the cell until the first run begins. */
  private StudyScreen.Lane waiting;

  SparkStudy(Dataset data, StudyPlan plan, Spark spark, StudyScreen screen) {
    this.data = data;
    this.plan = plan;
    this.spark = spark;
    this.screen = screen;
    this.planned = plan.runs();
    this.runs = new Run[planned.size()];
    this.waiting = screen.begin("starting Apache Spark");
  }

  /** A run that is worked on, in the cell. */
  private record Shown(StudyScreen.Lane lane, LiveTraining training) implements AutoCloseable {
    @Override
    public void close() {
      training.close();
      lane.close();
    }
  }

  /**
   * Every run, in the plan's order.
   *
   * @throws UserError where Spark or a worker cannot go on
   * @throws CancellationException where the user stopped it
   */
  List<Run> runs() {
    try (var program = SparkProgram.start(plan, spark)) {
      for (var event = program.next(); event != null; event = program.next()) {
        take(event);
      }
      if (Arrays.stream(runs).anyMatch(Objects::isNull)) {
        throw program.endedEarly();
      }
    } catch (CancellationException e) {
      // The same sentence wherever the interrupt was seen: in waiting, or in showing what came.
      var interrupted = new CancellationException("interrupted while a study was trained on Spark");
      interrupted.initCause(e);
      throw interrupted;
    } finally {
      waiting.close();
      shown.values().forEach(Shown::close);
    }
    return Arrays.stream(runs).map(Objects::requireNonNull).toList();
  }

  private void waitFor(String what) {
    waiting.close();
    waiting = screen.begin(what);
  }

  private void take(StudyEvent event) {
    if (event instanceof StudyEvent.Started) {
      waitFor("waiting for a worker that has the cores and the memory for a run");
    } else if (event instanceof StudyEvent.Begun begun) {
      begin(begun);
    } else if (event instanceof StudyEvent.Reported r && shown.containsKey(r.run())) {
      training(r.run()).report(r.activity(), r.done(), r.total(), r.note());
    } else if (event instanceof StudyEvent.EpochDone e && shown.containsKey(e.run())) {
      training(e.run()).epoch(e.network(), e.number(), e.loss(), e.dice());
    } else if (event instanceof StudyEvent.Finished finished) {
      end(finished);
    } else if (event instanceof StudyEvent.Failed failed) {
      throw new UserError(spark + ": " + failed.sentence());
    }
  }

  /** A run that begins, or goes on where another worker has left it. */
  private void begin(StudyEvent.Begun begun) {
    if (runs[begun.run()] != null) {
      // What a worker says may come after what its task gave.
      return;
    }
    waiting.close();
    close(begun.run());
    String again = begun.attempt() == 0 ? "" : ", attempt " + (begun.attempt() + 1);
    String where = spark.local() ? "" : " · " + begun.worker() + again;
    var lane = screen.begin(planned.get(begun.run()).activity() + where);
    shown.put(begun.run(), new Shown(lane, new LiveTraining(lane)));
  }

  private LiveTraining training(int run) {
    return Objects.requireNonNull(shown.get(run)).training();
  }

  private void close(int number) {
    Shown before = shown.remove(number);
    if (before != null) {
      before.close();
    }
  }

  private void end(StudyEvent.Finished finished) {
    close(finished.run());
    var run = new Run(plan.store().run(finished.id()), data, !finished.trained());
    runs[finished.run()] = run;
    screen.add(run, finished.trained() ? finished.seconds() : null);
  }
}
