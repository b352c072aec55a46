package org.maskmine.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maskmine.dsl.Maskmine.cascade2d;
import static org.maskmine.dsl.Maskmine.control;
import static org.maskmine.dsl.Maskmine.dice;
import static org.maskmine.dsl.Maskmine.epochs;
import static org.maskmine.dsl.Maskmine.losses;
import static org.maskmine.dsl.Maskmine.pipelines;
import static org.maskmine.dsl.Maskmine.retraining;
import static org.maskmine.dsl.Maskmine.seeds;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maskmine.Progress;
import org.maskmine.data.Datasets;
import org.maskmine.data.Phantom;

/** Studies in processes of their own, killed in the middle of what they do. */
class StudyKillTest {
  @TempDir private Path folder;

  /** The study that is killed; its runs lie in {@code MASKMINE_HOME}. */
  public static void main(String[] args) {
    var options = new Phantom.Options(21, 2, 1, 1);
    Maskmine.study(
            new Data(Datasets.phantom(Home.phantoms(), options, Progress.NONE)),
            pipelines(cascade2d()),
            losses(control(), dice()),
            seeds(1),
            epochs(2),
            retraining(epochs(1)))
        .runs();
    System.exit(0);
  }

  @Test
  void a_study_that_was_killed_twice_ends_with_the_same_runs() throws Exception {
    killedEndsAsUntouched(2, 1);
  }

  @Test
  @Tag("long")
  void a_study_that_was_killed_twenty_times_ends_with_the_same_runs() throws Exception {
    killedEndsAsUntouched(20, 2);
  }

  private void killedEndsAsUntouched(int kills, long seed) throws Exception {
    var random = new SplittableRandom(seed);
    Path untouched = folder.resolve("untouched");
    long begun = System.nanoTime();
    assertThat(begin(untouched).waitFor()).isZero();
    long whole = System.nanoTime() - begun;

    Path killed = folder.resolve("killed");
    int hits = 0;
    for (int i = 0; i < kills; i++) {
      Process process = begin(killed);
      boolean ended = process.waitFor(random.nextLong(whole / 5, whole / 2), TimeUnit.NANOSECONDS);
      hits += ended ? 0 : 1;
      process.destroyForcibly().waitFor();
    }
    assertThat(begin(killed).waitFor()).isZero();

    assertThat(hits).isPositive();
    Map<String, byte[]> expected = results(untouched);
    Map<String, byte[]> found = results(killed);
    assertThat(found.keySet()).isEqualTo(expected.keySet()).hasSize(3 * 3);
    expected.forEach((file, bytes) -> assertThat(found.get(file)).as(file).isEqualTo(bytes));
  }

  private Process begin(Path home) throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var builder =
        new ProcessBuilder(
            java,
            "-XX:ActiveProcessorCount=1",
            "-cp",
            System.getProperty("java.class.path"),
            StudyKillTest.class.getName());
    builder.environment().put("MASKMINE_HOME", home.toString());
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
    return builder.start();
  }

  /** Kept weights and scores of every run, by run and file. */
  private static Map<String, byte[]> results(Path home) throws IOException {
    Path runs = home.resolve("runs");
    Map<String, byte[]> results = new HashMap<>();
    try (Stream<Path> files = Files.walk(runs)) {
      files
          .filter(f -> f.toString().endsWith(".kept.safetensors") || f.endsWith("scores.json"))
          .forEach(f -> results.put(runs.relativize(f).toString(), bytes(f)));
    }
    return results;
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
