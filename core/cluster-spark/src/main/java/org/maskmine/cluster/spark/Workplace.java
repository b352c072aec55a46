package org.maskmine.cluster.spark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.SparkEnv;
import org.maskmine.Build;
import org.maskmine.Progress;
import org.maskmine.UserError;
import org.maskmine.data.Dataset;
import org.maskmine.data.Datasets;
import org.maskmine.engine.Engines;
import org.maskmine.study.StudyPlan;
import org.maskmine.training.Recipe;
import org.maskmine.training.RunStore;

/**
 * The machine and process that a task runs in.
 *
 * @param name {@code host2, executor 1}; {@code here} for a driver that trains by itself
 */
record Workplace(String name, boolean local) {
  /** Data sets that this process has opened, by their fingerprints. */
  private static final Map<String, Dataset> OPENED = new ConcurrentHashMap<>();

  static Workplace here() {
    SparkEnv spark = SparkEnv.get();
    boolean local = spark.executorId().equals("driver");
    String host = spark.blockManager().blockManagerId().host();
    return new Workplace(local ? "here" : host + ", executor " + spark.executorId(), local);
  }

  /** A sentence of this worker. */
  String says(String sentence) {
    return local ? sentence : "worker " + name + ": " + sentence;
  }

  /**
   * What computes here, whichever card it is.
   *
   * @throws UserError where nothing can
   */
  static String computes(Recipe recipe, String device) {
    Engines.Choice choice = Engines.choose(recipe.engine(), device);
    return (choice.engine().name()
            + ": "
            + choice.engine().description(choice.device())
            + ", "
            + choice.precision(recipe.precision()).name().toLowerCase(Locale.ROOT))
        .replaceFirst("gpu:\\d+ ", "");
  }

  /**
   * Refuses another Maskmine than the study was planned with, such as one among Spark's own jars.
   *
   * @throws UserError with both versions
   */
  static void requireSameVersion(StudyPlan plan) {
    if (!plan.version().equals(Build.VERSION)) {
      throw new UserError(
          "the study was planned by Maskmine "
              + plan.version()
              + ", but the jar for Spark is "
              + Build.VERSION
              + "; build both from the same sources");
    }
  }

  /**
   * The plan's data.
   *
   * @throws UserError where this worker does not see it, or sees something else
   */
  Dataset data(StudyPlan plan, Progress progress) {
    return OPENED.computeIfAbsent(plan.fingerprint(), f -> open(plan, progress));
  }

  private static Dataset open(StudyPlan plan, Progress progress) {
    for (String path : plan.data().paths()) {
      if (!Files.exists(Path.of(path))) {
        throw new UserError(
            "does not see " + path + "; " + everywhere("data") + ", then load it from there");
      }
    }
    Dataset data = Datasets.open(plan.data(), Path.of(plan.home()).resolve("known"), progress);
    if (!data.fingerprint().equals(plan.fingerprint())) {
      throw new UserError(
          "sees other data under "
              + plan.data().paths().get(0)
              + " than the study was planned with; "
              + everywhere("the same data"));
    }
    return data;
  }

  private static String everywhere(String what) {
    return what + " must lie under one path that every worker sees, such as a network share";
  }

  /**
   * The plan's store, with prepared cases on this worker's own disk.
   *
   * @throws UserError where this worker does not see it
   */
  RunStore store(StudyPlan plan, String marker) {
    if (!Files.exists(Path.of(plan.home()).resolve(marker))) {
      throw new UserError(
          "does not see "
              + plan.home()
              + ", where runs are kept; set MASKMINE_HOME to a folder that every worker sees under"
              + " one path, such as a network share");
    }
    return local ? plan.store() : plan.store().preparingIn(disk());
  }

  /** A folder that all executors of this study on this machine share, gone when Spark ends. */
  private static Path disk() {
    Path own = SparkEnv.get().blockManager().diskBlockManager().localDirs()[0].toPath();
    return own.resolveSibling("maskmine-prepared");
  }
}
