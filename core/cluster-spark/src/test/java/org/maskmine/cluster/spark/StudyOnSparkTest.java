package org.maskmine.cluster.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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

/** A study of two seeds and two losses on the phantom, with the real engine on a real Spark. */
class StudyOnSparkTest {
  @TempDir private static Path folder;

  private static Dataset data;

  @BeforeAll
  static void draws_a_phantom() {
    data = Datasets.phantom(folder, new Phantom.Options(21, 2, 1, 1), Progress.NONE);
  }

  private static StudyPlan plan(Path home) {
    List<Base> bases = new ArrayList<>();
    for (long seed = 1; seed <= 2; seed++) {
      Recipe recipe =
          Recipes.unet2d(Structure.LESION, Preset.DEMO).seed(seed).eachStage(s -> s.epochs(1));
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

  private static List<StudyEvent> onSpark(StudyPlan plan, String master) {
    List<StudyEvent> events = new ArrayList<>();
    new StudyDriver(plan, events::add).run(new SparkConf(false).setMaster(master));
    return events;
  }

  private static void here(StudyPlan plan) {
    for (Base base : plan.bases()) {
      String id = new StudyWork(data, plan.store(), Progress.NONE).base(base).run().id();
      for (Retrain again : base.retrainings()) {
        new StudyWork(data, plan.store(), Progress.NONE).retrained(id, again);
      }
    }
  }

  @Test
  void a_study_gives_the_same_numbers_on_spark_as_here_bit_for_bit() throws IOException {
    StudyPlan spark = plan(folder.resolve("spark"));
    StudyPlan here = plan(folder.resolve("here"));

    List<StudyEvent> events = onSpark(spark, "local[2]");
    here(here);

    Map<String, byte[]> expected = results(folder.resolve("here"));
    Map<String, byte[]> found = results(folder.resolve("spark"));
    assertThat(found.keySet()).isEqualTo(expected.keySet()).hasSize(6 * 2);
    expected.forEach((file, bytes) -> assertThat(found.get(file)).as(file).isEqualTo(bytes));
    assertThat(finished(events)).hasSize(6).allMatch(StudyEvent.Finished::trained);

    List<StudyEvent.Finished> again = finished(onSpark(spark, "local[2]"));
    assertThat(again).hasSize(6).noneMatch(StudyEvent.Finished::trained);
  }

  private static List<StudyEvent.Finished> finished(List<StudyEvent> events) {
    return events.stream()
        .filter(StudyEvent.Finished.class::isInstance)
        .map(StudyEvent.Finished.class::cast)
        .toList();
  }

  /** Kept weights and scores of every run, by run and file. */
  private static Map<String, byte[]> results(Path home) throws IOException {
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
