package org.maskmine.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.maskmine.UserError;

class NiftiFuzzTest {
  private static final String[] SEEDS = {
    "int16-little.nii",
    "float64-big.nii",
    "compressed.nii.gz",
    "second.nii.gz",
    "second-big-qform.nii",
    "scaled-big.nii",
    "extension.nii",
    "nibabel-standard.nii.gz"
  };

  private static final int HEADER = 352;

  /** Nothing can hold more voxels than DEFLATE can have packed into the file. */
  private static final long BEST_COMPRESSION = 1032;

  /** Buffers, whatever the file. */
  private static final long BUFFERS = 4 << 20;

  @TempDir Path folder;

  @Test
  @Timeout(value = 120, unit = TimeUnit.SECONDS)
  void two_thousand_damaged_files_are_read_or_refused_with_a_sentence() throws IOException {
    fuzz(0, 2_000);
  }

  @Test
  @Tag("long")
  @Timeout(value = 600, unit = TimeUnit.SECONDS)
  void ten_thousand_more_damaged_files_are_read_or_refused_with_a_sentence() throws IOException {
    fuzz(2_000, 12_000);
  }

  private void fuzz(int from, int to) throws IOException {
    for (int n = from; n < to; n++) {
      String seed = SEEDS[n % SEEDS.length];
      byte[] sound = NiftiSamples.bytes(NiftiSamples.sample(seed));
      byte[] damaged = Mutation.damaged(new SplittableRandom(n), sound, HEADER);
      Path file = folder.resolve(seed);
      long most = 2 * Float.BYTES * BEST_COMPRESSION * damaged.length + BUFFERS;
      Mutation.read(n, file, damaged, () -> read(file), most);
    }
  }

  private static void read(Path file) {
    try {
      assertThat(Nifti.readVolume(file).geometry().spacing()).isNotNull();
      Nifti.readMask(file);
    } catch (UserError e) {
      assertThat(e).hasMessageContaining(file.toString());
    }
  }
}
