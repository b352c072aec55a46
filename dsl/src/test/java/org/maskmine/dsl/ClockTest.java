package org.maskmine.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.maskmine.dsl.Maskmine.dice;
import static org.maskmine.dsl.Maskmine.epochs;
import static org.maskmine.dsl.Maskmine.losses;
import static org.maskmine.dsl.Maskmine.pipelines;
import static org.maskmine.dsl.Maskmine.retraining;
import static org.maskmine.dsl.Maskmine.seeds;
import static org.maskmine.dsl.Maskmine.study;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.maskmine.Progress;
import org.maskmine.data.Structure;
import org.maskmine.dsl.view.Screen;
import org.maskmine.dsl.view.View;
import org.maskmine.training.Epoch;
import org.maskmine.training.RunStore;
import org.maskmine.training.StoredRun;
import org.maskmine.training.Trainer;

/**
 * A clock that jumps by years, back and forth, in the middle of a training and of a study:
 * libfaketime moves the time of day of one process, and leaves alone the clock that durations are
 * measured by, as somebody does who sets the clock.
 */
class ClockTest {
  private static final List<String> JUMPS = List.of("+3650d", "-7300d", "+0", "-1d", "+40d", "-3h");

  @TempDir Path folder;

  /** Trains and studies while the clock jumps at every epoch. */
  static final class Jumping {
    private static int jump;

    private Jumping() {}

    /**
     * @param args the file that says how far the clock is off, a folder of runs
     */
    public static void main(String[] args) {
      Path clock = Path.of(args[0]);
      Screen.install(new Lines());
      Progress jumping = Day.atEachEpoch(number -> jump(clock));
      RunStore store = new RunStore(Path.of(args[1]));
      for (long seed = 1; seed < 3; seed++) {
        new Trainer(Day.phantom().dataset(), store).train(Day.recipe(seed), jumping);
      }
      var jumps = new Thread(() -> Stream.generate(() -> clock).forEach(Jumping::jumpAndWait));
      jumps.setDaemon(true);
      jumps.start();
      study(
              Day.phantom(),
              pipelines(Day.network()),
              losses(dice()),
              seeds(7, 8),
              epochs(Day.EPOCHS),
              retraining(epochs(1)))
          .runs();
      System.exit(0);
    }

    private static void jumpAndWait(Path clock) {
      jump(clock);
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    private static void jump(Path clock) {
      try {
        Path next = clock.resolveSibling("next");
        Files.writeString(next, JUMPS.get(jump++ % JUMPS.size()) + "\n");
        Files.move(next, clock, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      System.out.println("clock " + Instant.now());
    }
  }

  /** Prints every update: the time left among them. */
  private static final class Lines implements Screen {
    @Override
    public void show(String id, View view) {
      System.out.println("shown " + view.content().get("text/plain"));
    }

    @Override
    public void update(String id, View view) {
      show(id, view);
    }

    @Override
    public void checkInterrupted() {}
  }

  @Test
  @Timeout(value = 180, unit = TimeUnit.SECONDS)
  void a_clock_that_jumps_by_years_changes_no_weights_no_durations_and_loses_nothing()
      throws Exception {
    Path runs = folder.resolve("home/runs");
    List<String> said = run(Jumping.class, runs);
    List<Instant> times =
        said.stream()
            .filter(line -> line.startsWith("clock "))
            .map(line -> Instant.parse(line.substring("clock ".length())))
            .toList();
    assertThat(times).as("jumps of the clock").hasSizeGreaterThan(8);
    long year = TimeUnit.DAYS.toSeconds(365);
    assertThat(times.get(0).getEpochSecond() - times.get(1).getEpochSecond())
        .as("how far the clock has really jumped back")
        .isGreaterThan(19 * year);
    for (String line : said) {
      if (line.contains(" left")) {
        assertThat(line).as("time left").containsPattern(" (\\d+ s|\\d:\\d\\d min) left");
      }
    }
    RunStore store = new RunStore(runs);
    assertThat(store.list().damaged()).isEmpty();
    assertThat(store.runs()).hasSize(6).allSatisfy(ClockTest::durationsAreReal);
    List<StoredRun> bases =
        store.runs().stream().filter(run -> run.info().kind().equals("base")).toList();
    assertThat(bases).hasSize(4);
    for (StoredRun run : bases) {
      assertThat(Day.weights(run))
          .isEqualTo(Day.undisturbed(run.recipe(), folder.resolve("undisturbed")));
    }
    assertThat(store.cache().cases()).as("cases that were prepared once").isEqualTo(3);
  }

  private static void durationsAreReal(StoredRun run) {
    run.check();
    assertThat(run.info().seconds()).isBetween(0.0, 170.0);
    assertThat(run.curve(Structure.LESION))
        .extracting(Epoch::seconds)
        .allSatisfy(seconds -> assertThat(seconds).isBetween(0.0, 170.0));
  }

  private List<String> run(Class<?> program, Path runs) throws Exception {
    Path clock = Files.writeString(folder.resolve("clock"), "+0\n");
    var builder =
        new ProcessBuilder(Day.program(program, clock.toString(), runs.toString()))
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("MASKMINE_HOME", folder.resolve("home").toString());
    builder.environment().put("LD_PRELOAD", library().toString());
    builder.environment().put("FAKETIME_TIMESTAMP_FILE", clock.toString());
    builder.environment().put("FAKETIME_NO_CACHE", "1");
    builder.environment().put("FAKETIME_DONT_FAKE_MONOTONIC", "1");
    builder.environment().put("FAKETIME_FORCE_MONOTONIC_FIX", "0");
    Process child = builder.start();
    String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(child.waitFor()).as(said).isZero();
    return said.lines().toList();
  }

  private static Path library() throws IOException {
    var found = new ArrayList<Path>();
    Path libraries = Path.of("/usr/lib");
    if (Files.isDirectory(libraries)) {
      try (Stream<Path> all =
          Files.find(libraries, 3, (f, a) -> f.endsWith("libfaketimeMT.so.1"))) {
        all.forEach(found::add);
      }
    }
    assumeTrue(!found.isEmpty(), "libfaketime is not installed (Debian: apt install libfaketime)");
    return found.get(0);
  }
}
