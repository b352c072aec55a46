package org.maskmine.volume;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
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

  /** Bytes that this thread allocates while something runs. */
  public static long allocated(Runnable work) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    work.run();
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }
}
