package org.maskmine.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.maskmine.UserError;
import org.maskmine.data.Structure;
import org.maskmine.volume.Mutation;
import org.maskmine.volume.Nifti;

/** Every file of a run, cut short and with flipped bits; archives, damaged. */
class DamageTest {
  /** A damaged file must not make its reader ask for more than a few times its size. */
  private static final long MOST_ALLOCATED = 64L << 20;

  @TempDir Path folder;

  private RunStore store;
  private StoredRun run;
  private StoredRun other;

  @BeforeEach
  void takes_two_runs_over() {
    store = new RunStore(folder.resolve("store"));
    run = Examples.run(store, RunFormat.NOW, "base");
    other = Examples.run(store, RunFormat.NOW, "dice");
  }

  @Test
  @Timeout(value = 120, unit = TimeUnit.SECONDS)
  void a_damaged_file_of_a_run_is_named_in_a_sentence_or_says_what_it_said() throws IOException {
    damage(0, 60);
  }

  @Test
  @Tag("long")
  @Timeout(value = 1200, unit = TimeUnit.SECONDS)
  void ten_thousand_damaged_files_of_a_run_are_named_in_a_sentence() throws IOException {
    damage(60, 60 + 10_000 / files().size());
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(run.folder())) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private void damage(int from, int to) throws IOException {
    String before = content(run);
    assertThat(files()).hasSize(6);
    for (Path file : files()) {
      byte[] sound = Files.readAllBytes(file);
      int refused = 0;
      for (int n = from; n < to; n++) {
        var random = new SplittableRandom(n);
        Files.write(file, n % 2 == 0 ? cut(random, sound) : flipped(random, sound));
        refused += refused(file, before) ? 1 : 0;
        assertThat(store.runs()).contains(other);
      }
      Files.write(file, sound);
      // A flipped bit may lie in a blank, or in the name of a checksum.
      assertThat(refused).as("refused of %s", file).isGreaterThan((to - from) * 8 / 10);
    }
    assertThat(content(run)).isEqualTo(before);
  }

  private static byte[] cut(SplittableRandom random, byte[] sound) {
    return Arrays.copyOf(sound, random.nextInt(sound.length));
  }

  private static byte[] flipped(SplittableRandom random, byte[] sound) {
    byte[] out = sound.clone();
    out[random.nextInt(out.length)] ^= (byte) (1 << random.nextInt(8));
    return out;
  }

  private boolean refused(Path file, String before) {
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
  private static String content(StoredRun run) {
    var all = new StringBuilder();
    all.append(run.info()).append(run.scores());
    for (Structure structure : Structure.values()) {
      run.weights(structure)
          .arrays()
          .forEach((name, a) -> all.append(name).append(Arrays.hashCode(a.values())));
      all.append(run.curve(structure));
    }
    Path errors = run.folder().resolve("errors/lesion-volume-0.nii.gz");
    return all.append(Arrays.hashCode(Nifti.readMask(errors).values())).toString();
  }

  @Test
  @Timeout(value = 120, unit = TimeUnit.SECONDS)
  void a_damaged_archive_is_refused_by_name_or_arrives_as_it_was() throws IOException {
    damagedArchives(0, 300);
  }

  @Test
  @Tag("long")
  @Timeout(value = 1200, unit = TimeUnit.SECONDS)
  void ten_thousand_damaged_archives_are_refused_by_name() throws IOException {
    damagedArchives(300, 10_300);
  }

  private void damagedArchives(int from, int to) throws IOException {
    byte[] sound = Files.readAllBytes(Examples.archive(RunFormat.NOW, "base"));
    var there = new RunStore(folder.resolve("there"));
    Path zip = folder.resolve("run.zip");
    for (int n = from; n < to; n++) {
      var random = new SplittableRandom(n);
      // The directory of a zip file lies at its end: half of the damage is done there.
      byte[] damaged =
          n % 2 == 0
              ? Mutation.damaged(random, sound, sound.length)
              : reversed(Mutation.damaged(random, reversed(sound), 600));
      Mutation.read(
          n,
          zip,
          damaged,
          () -> {
            if (imported(there, zip).isPresent()) {
              there.delete(run.id());
            }
          },
          MOST_ALLOCATED);
      assertThat(there.runs()).isEmpty();
    }
  }

  /** Whole, or without a file that runs need not have; never with other numbers. */
  private Optional<StoredRun> imported(RunStore there, Path zip) {
    try {
      StoredRun arrived = there.importFrom(zip);
      assertThat(arrived.info()).isEqualTo(run.info());
      assertThat(arrived.scores()).isEqualTo(run.scores());
      for (Structure structure : Structure.values()) {
        assertThat(arrived.weights(structure).sameAs(run.weights(structure))).isTrue();
      }
      return Optional.of(arrived);
    } catch (UserError e) {
      assertThat(e).hasMessageStartingWith(zip + ": ");
      return Optional.empty();
    }
  }

  private static byte[] reversed(byte[] bytes) {
    byte[] out = new byte[bytes.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = bytes[out.length - 1 - i];
    }
    return out;
  }
}
