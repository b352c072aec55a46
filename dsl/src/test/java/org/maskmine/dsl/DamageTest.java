package org.maskmine.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.maskmine.Progress;
import org.maskmine.UserError;
import org.maskmine.data.Dataset;
import org.maskmine.data.SplitFile;
import org.maskmine.data.Structure;
import org.maskmine.mining.MinedErrors;
import org.maskmine.mining.Miner;
import org.maskmine.mining.Retrainer;
import org.maskmine.mining.Retraining;
import org.maskmine.network.Safetensors;
import org.maskmine.training.RunStore;
import org.maskmine.training.StoredRun;
import org.maskmine.training.Trainer;
import org.maskmine.volume.Mutation;
import org.maskmine.volume.Nifti;

/** Every file that a store holds after a day's work, cut short and with flipped bits. */
class DamageTest {
  private static final int EPOCHS = 2;

  @TempDir static Path folder;

  private static Dataset data;
  private static RunStore store;

  @BeforeAll
  static void trains_mines_retrains_and_leaves_a_training() {
    data = Day.phantom().dataset();
    store = new RunStore(folder.resolve("runs"));
    StoredRun base = train(store, 1);
    MinedErrors errors = Miner.mine(base, data, store, Progress.NONE);
    Retrainer.retrain(errors, Retraining.of(Retraining.Kind.DICE).epochs(1), Progress.NONE);
    Progress stop =
        (activity, done, total, note) -> {
          if (note.startsWith("epoch 2")) {
            throw new IllegalStateException("enough");
          }
        };
    assertThatThrownBy(
            () ->
                new Trainer(data, store)
                    .train(Day.recipe(2).eachStage(s -> s.epochs(EPOCHS)), stop))
        .hasMessage("enough");
  }

  private static StoredRun train(RunStore store, long seed) {
    return new Trainer(data, store)
        .train(Day.recipe(seed).eachStage(s -> s.epochs(EPOCHS)), Progress.NONE);
  }

  @Test
  @Timeout(value = 120, unit = TimeUnit.SECONDS)
  void a_damaged_file_of_a_run_is_named_in_a_sentence_or_says_what_it_said() throws IOException {
    damage(0, 20);
  }

  @Test
  @Tag("long")
  @Timeout(value = 1200, unit = TimeUnit.SECONDS)
  void ten_thousand_damaged_files_of_runs_are_named_in_a_sentence() throws IOException {
    damage(20, 620);
  }

  private static List<Path> files(StoredRun run) throws IOException {
    try (Stream<Path> files = Files.walk(run.folder())) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static void damage(int from, int to) throws IOException {
    List<StoredRun> runs = store.runs();
    assertThat(runs).hasSize(3);
    int files = 0;
    int refused = 0;
    for (StoredRun run : runs) {
      for (Path file : files(run)) {
        files++;
        refused += refused(run, file, from, to, others(runs, run));
      }
    }
    System.out.printf(
        "%d files of %d runs, each damaged %d times: %d refused by name, the others unchanged%n",
        files, runs.size(), to - from, refused);
  }

  private static List<StoredRun> others(List<StoredRun> runs, StoredRun run) {
    return runs.stream().filter(other -> !other.equals(run)).toList();
  }

  /** How often a file was refused, of so many damages, which hide no other run; leaves it sound. */
  private static int refused(StoredRun run, Path file, int from, int to, List<StoredRun> others)
      throws IOException {
    String before = content(run);
    byte[] sound = Files.readAllBytes(file);
    int refused = 0;
    for (int n = from; n < to; n++) {
      var random = new SplittableRandom(n);
      Files.write(file, n % 2 == 0 ? Mutation.cut(random, sound) : Mutation.flipped(random, sound));
      refused += isRefused(run, file, before) ? 1 : 0;
      assertThat(store.runs()).as("with a damaged %s", file).containsAll(others);
    }
    // A flipped bit may lie in a blank, or in the name of a checksum.
    assertThat(refused).as("refused of %s", file).isGreaterThanOrEqualTo((to - from) * 8 / 10);
    Files.write(file, sound);
    assertThat(content(run)).isEqualTo(before);
    return refused;
  }

  private static boolean isRefused(StoredRun run, Path file, String before) throws IOException {
    try {
      StoredRun opened = store.run(run.id());
      opened.check();
      assertThat(content(opened)).as("content with a damaged %s", file).isEqualTo(before);
      return false;
    } catch (UserError e) {
      assertThat(e).hasMessageContaining(file.toString());
      assertThat(String.valueOf(e.getMessage()).lines()).hasSize(1);
      return true;
    }
  }

  /** Everything that a run holds, as far as users see it. */
  private static String content(StoredRun run) throws IOException {
    var all = new StringBuilder();
    all.append(run.info()).append(run.curve(Structure.LESION)).append(SplitFile.read(run.folder()));
    if (run.info().finished()) {
      all.append(run.scores());
    }
    for (Path file : files(run)) {
      all.append(values(file));
    }
    return all.toString();
  }

  private static String values(Path file) throws IOException {
    String name = file.getFileName().toString();
    if (name.endsWith(".safetensors")) {
      var numbers = new StringBuilder(name);
      Safetensors.read(file)
          .weights()
          .arrays()
          .forEach((array, a) -> numbers.append(array).append(Arrays.hashCode(a.values())));
      return numbers.toString();
    }
    if (name.endsWith(".nii.gz")) {
      return name + Arrays.hashCode(Nifti.readMask(file).values());
    }
    assertThat(name).as("a kind of file that this test does not know").endsWith(".json");
    return "";
  }

  @Test
  void a_store_holds_nothing_but_runs_locks_and_what_was_prepared() throws IOException {
    try (Stream<Path> all = Files.list(folder.resolve("runs"))) {
      assertThat(all.map(f -> f.getFileName().toString()).map(f -> f.replaceAll("-.*", "-")))
          .containsOnly("base-", "dice-", ".locks", "prepared");
    }
  }

  @Test
  void damaged_prepared_cases_and_locks_heal_and_a_training_ends_bit_equal() throws IOException {
    String undisturbed = Day.weights(train(new RunStore(folder.resolve("undisturbed")), 3));
    var random = new SplittableRandom(3);
    for (String place : List.of("prepared", ".locks")) {
      try (Stream<Path> files = Files.list(folder.resolve("runs").resolve(place))) {
        for (Path file : files.toList()) {
          byte[] sound = Files.readAllBytes(file);
          Files.write(file, Mutation.flipped(random, sound));
        }
      }
    }
    assertThat(Day.weights(train(store, 3))).isEqualTo(undisturbed);
    store.delete(
        store.runs().stream()
            .filter(run -> run.recipe().seed() == 3)
            .map(StoredRun::id)
            .findFirst()
            .orElseThrow());
  }
}
