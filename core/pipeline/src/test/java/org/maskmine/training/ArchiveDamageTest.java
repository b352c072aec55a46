package org.maskmine.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.maskmine.UserError;
import org.maskmine.data.Structure;
import org.maskmine.volume.Mutation;

/** Archives of runs, damaged. */
class ArchiveDamageTest {
  /** A damaged file must not make its reader ask for more than a few times its size. */
  private static final long MOST_ALLOCATED = 64L << 20;

  @TempDir Path folder;

  private StoredRun run;

  @BeforeEach
  void takes_a_run_over() {
    run = Examples.run(new RunStore(folder.resolve("store")), RunFormat.NOW, "base");
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
