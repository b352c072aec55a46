package org.maskmine.cluster.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.maskmine.Progress;
import org.maskmine.data.Dataset;
import org.maskmine.data.Datasets;
import org.maskmine.data.Phantom;
import org.maskmine.data.Structure;
import org.maskmine.mining.Retraining;
import org.maskmine.mining.Retraining.Kind;
import org.maskmine.study.StudyEvent;
import org.maskmine.study.StudyPlan;
import org.maskmine.study.StudyPlan.Base;
import org.maskmine.study.StudyPlan.Retrain;
import org.maskmine.study.StudyWork;
import org.maskmine.training.Preset;
import org.maskmine.training.Recipe;
import org.maskmine.training.Recipes;

/** Two seeds of a lesion network, retrained with control and dice, on a phantom of four cases. */
final class SmallStudy {
  private SmallStudy() {}

  static Dataset data(Path folder) {
    return Datasets.phantom(folder, new Phantom.Options(21, 2, 1, 1), Progress.NONE);
  }

  static StudyPlan plan(Dataset data, Path home, int epochs) {
    List<Base> bases = new ArrayList<>();
    for (long seed = 1; seed <= 2; seed++) {
      Recipe recipe =
          Recipes.unet2d(Structure.LESION, Preset.DEMO).seed(seed).eachStage(s -> s.epochs(epochs));
      bases.add(
          new Base(
              "unet2d(LESION), seed " + seed,
              recipe,
              List.of(again(Kind.CONTROL), again(Kind.DICE))));
    }
    return StudyPlan.of(data, home, bases);
  }

  private static Retrain again(Kind kind) {
    return new Retrain(kind.label() + "()", Retraining.of(kind, Preset.DEMO).epochs(1), 1, false);
  }

  /** Trains it here, without Spark. */
  static void here(Dataset data, StudyPlan plan) {
    for (Base base : plan.bases()) {
      String id = new StudyWork(data, plan.store(), Progress.NONE).base(base).run().id();
      for (Retrain again : base.retrainings()) {
        new StudyWork(data, plan.store(), Progress.NONE).retrained(id, again);
      }
    }
  }

  static List<StudyEvent.Finished> finished(List<StudyEvent> events) {
    return events.stream()
        .filter(StudyEvent.Finished.class::isInstance)
        .map(StudyEvent.Finished.class::cast)
        .toList();
  }

  /** Kept weights and scores of every run, by run and file. */
  static Map<String, byte[]> results(Path home) throws IOException {
    Path runs = home.resolve("runs");
    Map<String, byte[]> results = new TreeMap<>();
    try (Stream<Path> files = Files.walk(runs)) {
      for (Path file : files.toList()) {
        if (file.toString().endsWith(".kept.safetensors") || file.endsWith("scores.json")) {
          results.put(runs.relativize(file).toString(), Files.readAllBytes(file));
        }
      }
    }
    return results;
  }
}
