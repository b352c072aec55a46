package org.maskmine.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.maskmine.UserError;

class DicomFuzzTest {
  private static final String[] SYNTAXES = {"implicit", "little", "big", "compressed"};
  private static final int HEADER = 720;

  /** A slice is read into memory once, its values become floats, and its text strings. */
  private static final long MOST = 1 << 20;

  @TempDir Path folder;

  @Test
  @Timeout(value = 120, unit = TimeUnit.SECONDS)
  void two_thousand_damaged_slices_are_read_or_refused_with_a_sentence() throws IOException {
    fuzz(0, 2_000);
  }

  @Test
  @Tag("long")
  @Timeout(value = 600, unit = TimeUnit.SECONDS)
  void ten_thousand_more_damaged_slices_are_read_or_refused_with_a_sentence() throws IOException {
    fuzz(2_000, 12_000);
  }

  private void fuzz(int from, int to) throws IOException {
    Path file = folder.resolve("slice");
    int read = 0;
    for (int n = from; n < to; n++) {
      byte[] sound = sample(SYNTAXES[n % SYNTAXES.length]);
      byte[] damaged = Mutation.damaged(new SplittableRandom(n), sound, HEADER);
      boolean[] sane = new boolean[1];
      Mutation.read(n, file, damaged, () -> sane[0] = read(file), MOST);
      read += sane[0] ? 1 : 0;
    }
    // Were all refused, the fuzzer would not reach the reader's depth.
    assertThat(read).isGreaterThan((to - from) / 20);
  }

  private boolean read(Path file) {
    try {
      Volume volume = Dicom.readSeries(folder, List.of(file));
      assertThat(volume.values()).hasSize(volume.geometry().voxels());
      return true;
    } catch (UserError e) {
      assertThat(e).hasMessageContaining(folder.toString());
      return false;
    }
  }

  private static byte[] sample(String syntax) throws IOException {
    String name = "/org/maskmine/data/layouts/dicom/" + syntax + "/IM0000";
    try (InputStream in = Objects.requireNonNull(DicomFuzzTest.class.getResourceAsStream(name))) {
      return in.readAllBytes();
    }
  }
}
