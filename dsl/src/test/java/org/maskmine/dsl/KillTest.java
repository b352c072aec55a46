package org.maskmine.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.maskmine.Progress;
import org.maskmine.WholeFile;
import org.maskmine.data.Structure;
import org.maskmine.training.RunStore;
import org.maskmine.training.StoredRun;
import org.maskmine.training.Trainer;

/** SIGKILL at random moments of a day's work: nothing that was stored is lost or half-written. */
class KillTest {
  private static final int LONGEST_MS = 4_000;

  @TempDir Path folder;

  private final Map<String, Integer> killedWhile = new TreeMap<>();

  @Test
  @Timeout(value = 300, unit = TimeUnit.SECONDS)
  void eight_kills_leave_every_run_whole() throws Exception {
    kills(0, 8);
  }

  @Test
  @Tag("long")
  @Timeout(value = 7200, unit = TimeUnit.SECONDS)
  void two_hundred_kills_leave_every_run_whole() throws Exception {
    kills(100, 300);
  }

  private void kills(int from, int to) throws Exception {
    for (int n = from; n < to; n++) {
      List<String> said = workAndKill(n);
      assertThat(said).as("kill %d", n).noneMatch(line -> line.startsWith("refused"));
      String doing =
          said.stream().filter(s -> s.startsWith("doing")).reduce((a, b) -> b).orElse("starting");
      killedWhile.merge(doing.replaceAll(" \\d+$", ""), 1, Integer::sum);
      everythingOpens(n);
      atMostOneEpochIsLost(n, said);
      System.out.println("after kill " + (n - from + 1) + ": " + killedWhile);
    }
    assertThat(killedWhile.keySet()).hasSizeGreaterThan(2);
    goesOn();
  }

  /** What the child said until it was killed, a random time after it was ready. */
  private List<String> workAndKill(int n) throws Exception {
    var builder =
        new ProcessBuilder(Day.command(n, folder.resolve("out")))
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("MASKMINE_HOME", folder.resolve("home").toString());
    Process child = builder.start();
    List<String> said = new ArrayList<>();
    try (var lines =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
      // Progress speaks in between.
      String line = lines.readLine();
      while (line != null && !line.equals("ready")) {
        line = lines.readLine();
      }
      assertThat(line).as("kill %d", n).isNotNull();
      var killer =
          new Thread(
              () -> {
                try {
                  Thread.sleep(new SplittableRandom(n).nextInt(LONGEST_MS));
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                } finally {
                  // Unlike the process itself, its handle leaves what was said last to be read.
                  child.toHandle().destroyForcibly();
                }
              });
      killer.start();
      lines.lines().filter(l -> l.matches("(doing|epoch|refused) .*")).forEach(said::add);
      killer.join();
    } finally {
      child.destroyForcibly().waitFor();
    }
    return said;
  }

  private RunStore store() {
    return new RunStore(folder.resolve("home/runs"));
  }

  private void everythingOpens(int n) throws IOException {
    RunStore.Listing all = store().list();
    assertThat(all.damaged()).as("kill %d", n).isEmpty();
    for (StoredRun run : all.runs()) {
      run.check();
      // The lock has died with its process.
      store().change(run.id(), () -> run);
    }
    Path zip = folder.resolve("out/run.zip");
    if (Files.exists(zip)) {
      new RunStore(folder.resolve("copies/" + n)).importFrom(zip);
    }
    Path png = folder.resolve("out/errors.png");
    if (Files.exists(png)) {
      assertThat(ImageIO.read(png.toFile())).isNotNull();
    }
    Path pdf = folder.resolve("out/figure4.pdf");
    if (Files.exists(pdf)) {
      assertThat(Files.readString(pdf, StandardCharsets.ISO_8859_1).stripTrailing())
          .startsWith("%PDF")
          .endsWith("%%EOF");
    }
    Path table = folder.resolve("out/table.csv");
    if (Files.exists(table)) {
      assertThat(Files.readAllLines(table)).hasSize(3);
    }
    try (var files = Files.walk(folder)) {
      assertThat(files.filter(f -> f.toString().contains("/out/") && WholeFile.isUnfinished(f)))
          .as("half-written files are never taken for whole ones")
          .allMatch(f -> f.getFileName().toString().startsWith("."));
    }
  }

  /** What the child reported as finished is stored: only the epoch in work is lost. */
  private void atMostOneEpochIsLost(int n, List<String> said) {
    int last = said.size() - 1;
    String now = last < 0 ? "" : said.get(last);
    if (!now.matches("epoch [1-9]\\d*")) {
      return;
    }
    String training =
        said.stream().filter(s -> s.startsWith("doing training")).reduce((a, b) -> b).orElse("");
    long seed = Long.parseLong(training.substring(training.lastIndexOf(' ') + 1));
    List<StoredRun> of =
        store().runs().stream()
            .filter(r -> r.info().kind().equals("base") && r.recipe().seed() == seed)
            .filter(r -> r.recipe().stages().get(0).epochs() == Day.EPOCHS)
            .toList();
    assertThat(of).as("kill %d", n).hasSize(1);
    assertThat(of.get(0).curve(Structure.LESION).size())
        .as("epochs kept after kill %d, %s", n, said)
        .isGreaterThanOrEqualTo(Integer.parseInt(now.substring("epoch ".length())));
  }

  /** A training left by a kill ends with the weights of one that nothing has disturbed. */
  private void goesOn() {
    var data = Day.phantom().dataset();
    for (long seed = 1; seed < 4; seed++) {
      StoredRun left = new Trainer(data, store()).train(Day.recipe(seed), Progress.NONE);
      StoredRun undisturbed =
          new Trainer(data, new RunStore(folder.resolve("undisturbed")))
              .train(Day.recipe(seed), Progress.NONE);
      assertThat(left.weights(Structure.LESION).sameAs(undisturbed.weights(Structure.LESION)))
          .as("weights of seed %d", seed)
          .isTrue();
    }
  }
}
