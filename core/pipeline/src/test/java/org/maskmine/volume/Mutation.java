package org.maskmine.volume;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Damages files, and measures what reading them allocates. */
public final class Mutation {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Mutation() {}

  /** One to eight bytes changed, mostly in the header; a quarter of the files cut short. */
  public static byte[] damaged(SplittableRandom random, byte[] sound, int header) {
    byte[] out = sound.clone();
    int changes = random.nextInt(1, 9);
    for (int i = 0; i < changes; i++) {
      int reach = random.nextInt(4) == 0 ? out.length : Math.min(out.length, header);
      out[random.nextInt(reach)] = (byte) random.nextInt(256);
    }
    return random.nextInt(4) == 0 ? Arrays.copyOf(out, random.nextInt(out.length)) : out;
  }

  /** Cut short. */
  public static byte[] cut(SplittableRandom random, byte[] sound) {
    return Arrays.copyOf(sound, random.nextInt(sound.length));
  }

  /** One bit the other way. */
  public static byte[] flipped(SplittableRandom random, byte[] sound) {
    byte[] out = sound.clone();
    out[random.nextInt(out.length)] ^= (byte) (1 << random.nextInt(8));
    return out;
  }

  /**
   * Writes a damaged file and reads it.
   *
   * @param n which one, for the message
   * @param most bytes that this thread may allocate meanwhile
   */
  public static void read(int n, Path file, byte[] damaged, Runnable reading, long most)
      throws IOException {
    Files.write(file, damaged);
    long before = THREADS.getCurrentThreadAllocatedBytes();
    reading.run();
    assertThat(THREADS.getCurrentThreadAllocatedBytes() - before)
        .as("bytes allocated for damaged file %d", n)
        .isLessThan(most);
  }
}
