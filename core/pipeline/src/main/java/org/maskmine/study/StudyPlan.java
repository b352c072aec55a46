package org.maskmine.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.maskmine.Build;
import org.maskmine.UserError;
import org.maskmine.data.Dataset;
import org.maskmine.data.Source;
import org.maskmine.engine.Loss;
import org.maskmine.engine.OwnLoss;
import org.maskmine.mining.Retraining;
import org.maskmine.training.Json;
import org.maskmine.training.Recipe;
import org.maskmine.training.RunStore;

/**
 * Every run of a study, as a file: recipes and paths, no data.
 *
 * @param version of Maskmine that planned it
 * @param home absolute path of the folder that holds the runs and what is known of the data; every
 *     machine that trains sees it under this path
 * @param data where the data lies; every machine sees it under these paths
 * @param fingerprint of the data
 * @param bases the base runs, in the study's order
 */
public record StudyPlan(
    String version, String home, Source data, String fingerprint, List<Base> bases) {

  private static final String REMEDY = "write it anew with study(…).save(\"study.json\")";

  /** Copies the list. */
  public StudyPlan {
    Objects.requireNonNull(version, "it has no version");
    Objects.requireNonNull(home, "it has no home");
    Objects.requireNonNull(data, "it has no data");
    Objects.requireNonNull(fingerprint, "it has no fingerprint of its data");
    bases = List.copyOf(Objects.requireNonNull(bases, "it has no runs"));
    refuseTwice(bases.stream().map(Base::recipe).toList(), bases.stream().map(Base::name).toList());
  }

  /** Two runs of one recipe would be one run, worked on twice. */
  private static void refuseTwice(List<?> wanted, List<String> names) {
    for (int i = 0; i < wanted.size(); i++) {
      int earlier = wanted.indexOf(wanted.get(i));
      if (earlier < i) {
        throw new UserError(
            names.get(earlier)
                + " and "
                + names.get(i)
                + " are the same: a study needs every pipeline, loss and seed once; leave one out");
      }
    }
  }

  /** A plan of this version of Maskmine. */
  public static StudyPlan of(Dataset data, Path home, List<Base> bases) {
    return new StudyPlan(
        Build.VERSION,
        home.toAbsolutePath().normalize().toString(),
        data.source(),
        data.fingerprint(),
        bases);
  }

  /**
   * A base run and what is made of it.
   *
   * @param name as a user would say it: {@code cascade2d(), seed 1}
   */
  public record Base(String name, Recipe recipe, List<Retrain> retrainings) {
    /** Copies the list; checks that no retraining repeats. */
    public Base {
      Objects.requireNonNull(name, "a run has no name");
      Objects.requireNonNull(recipe, "a run has no recipe");
      retrainings = List.copyOf(Objects.requireNonNull(retrainings, "a run has no retrainings"));
      refuseTwice(
          retrainings.stream().map(r -> List.of(r.retraining(), r.rounds())).toList(),
          retrainings.stream().map(Retrain::name).toList());
    }
  }

  /**
   * How a base run is retrained.
   *
   * @param name of the loss: {@code dice()}
   * @param rounds of mining and retraining
   * @param anew whether to train although it is stored
   */
  public record Retrain(String name, Retraining retraining, int rounds, boolean anew) {
    /** Checks that a file has left nothing out. */
    public Retrain {
      Objects.requireNonNull(name, "a retraining has no name");
      Objects.requireNonNull(retraining, "a retraining has no settings");
      if (rounds < 1) {
        throw new UserError("rounds(" + rounds + "): must be at least 1; try rounds(2)");
      }
    }
  }

  /**
   * A run of the study.
   *
   * @param number from 0: each base run, then its retrainings
   * @param base its base run, or itself
   * @param again how it is retrained; none for a base run
   */
  public record Planned(int number, Base base, @Nullable Retrain again) {
    /** What is done for it: {@code retraining cascade2d(), seed 1 with dice()}. */
    public String activity() {
      return again == null
          ? "training " + base.name()
          : "retraining " + base.name() + " with " + again.name();
    }
  }

  /** Every run in order, base runs before what is made of them. */
  public List<Planned> runs() {
    List<Planned> runs = new ArrayList<>();
    for (Base base : bases) {
      runs.add(new Planned(runs.size(), base, null));
      for (Retrain again : base.retrainings()) {
        runs.add(new Planned(runs.size(), base, again));
      }
    }
    return runs;
  }

  /** Where the runs are kept. */
  public RunStore store() {
    return new RunStore(Path.of(home).resolve("runs"));
  }

  /**
   * Writes the file, with a checksum.
   *
   * @throws UserError where it cannot be written, or a loss is code of a notebook
   */
  public void write(Path file) {
    bases.forEach(StudyPlan::refuseOwnLoss);
    Json.write(file, this);
  }

  /**
   * The file's content, in JSON.
   *
   * @throws UserError where a loss is code of a notebook
   */
  public String text() {
    bases.forEach(StudyPlan::refuseOwnLoss);
    return Json.text(this);
  }

  private static void refuseOwnLoss(Base base) {
    for (var stage : base.recipe().stages()) {
      for (var head : stage.heads()) {
        Loss loss = head.loss();
        if (loss instanceof OwnLoss own) {
          throw new UserError(
              own.name()
                  + ": a loss written in a notebook cannot be sent to another machine; train this"
                  + " study here, or take one of Maskmine's losses");
        }
      }
    }
  }

  /** The plan that {@link #text} gives. */
  public static StudyPlan parse(String text) {
    return Json.parse(text, StudyPlan.class);
  }

  /**
   * Reads a file that {@link #write} has written.
   *
   * @throws UserError where there is none or it is damaged
   */
  public static StudyPlan read(Path file) {
    return Json.read(file, StudyPlan.class, REMEDY);
  }
}
