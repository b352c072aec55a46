package org.maskmine.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.maskmine.UserError;
import org.maskmine.volume.Mutation;

class SafetensorsFuzzTest {
  private static final String[] SEEDS = {"by-maskmine.safetensors", "by-library.safetensors"};
  private static final int HEADER = 296;
  private static final long MOST_ALLOCATED = 4 << 20;

  @TempDir Path folder;

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void a_thousand_damaged_files_are_read_or_refused_with_a_sentence() throws IOException {
    fuzz(0, 1_000);
  }

  @Test
  @Tag("long")
  @Timeout(value = 600, unit = TimeUnit.SECONDS)
  void ten_thousand_more_damaged_files_are_read_or_refused_with_a_sentence() throws IOException {
    fuzz(1_000, 11_000);
  }

  private void fuzz(int from, int to) throws IOException {
    for (int n = from; n < to; n++) {
      byte[] damaged =
          Mutation.damaged(new SplittableRandom(n), stored(SEEDS[n % SEEDS.length]), HEADER);
      Path file = folder.resolve("w.safetensors");
      Mutation.read(n, file, damaged, () -> read(file), MOST_ALLOCATED);
    }
  }

  private static void read(Path file) {
    try {
      assertThat(Safetensors.read(file).weights().arrays()).isNotNull();
    } catch (UserError e) {
      assertThat(e).hasMessageContaining(file.toString());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] stored(String name) throws IOException {
    try (var in = Objects.requireNonNull(SafetensorsTest.class.getResourceAsStream(name))) {
      return in.readAllBytes();
    }
  }
}
