package org.maskmine.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
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

  @TempDir Path folder;

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void two_thousand_damaged_files_are_read_or_refused_with_a_sentence() throws IOException {
    for (int n = 0; n < 2000; n++) {
      var random = new SplittableRandom(n);
      String seed = SEEDS[n % SEEDS.length];
      byte[] damaged = damaged(random, NiftiSamples.bytes(NiftiSamples.sample(seed)));
      Path file = Files.write(folder.resolve(seed), damaged);
      try {
        Volume volume = Nifti.readVolume(file);
        // Nothing can hold more voxels than DEFLATE can have packed into the file.
        assertThat((long) volume.values().length).isLessThanOrEqualTo(1032L * damaged.length);
        assertThat(volume.geometry().spacing()).isNotNull();
        Nifti.readMask(file);
      } catch (UserError e) {
        assertThat(e).as("damaged file %d", n).hasMessageContaining(file.toString());
      }
    }
  }

  /** One to eight bytes changed, mostly in the header; a quarter of the files cut short. */
  private static byte[] damaged(SplittableRandom random, byte[] sound) {
    byte[] out = sound.clone();
    int changes = random.nextInt(1, 9);
    for (int i = 0; i < changes; i++) {
      int reach = random.nextInt(4) == 0 ? out.length : Math.min(out.length, 352);
      out[random.nextInt(reach)] = (byte) random.nextInt(256);
    }
    return random.nextInt(4) == 0 ? Arrays.copyOf(out, random.nextInt(out.length)) : out;
  }
}
