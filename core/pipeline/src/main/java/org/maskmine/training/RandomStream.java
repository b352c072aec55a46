package org.maskmine.training;

import java.util.SplittableRandom;
import org.maskmine.SplitMix;

/** One seed, many streams: what a stream gives depends on its name and nothing else. */
final class RandomStream {
  private RandomStream() {}

  /** The stream with this name, such as {@code sampling}, stage and epoch. */
  static SplittableRandom of(long seed, String name, int... indices) {
    long h = mix(seed);
    for (int i = 0; i < name.length(); i++) {
      h = mix(h ^ name.charAt(i));
    }
    for (int i : indices) {
      h = mix(h ^ i);
    }
    return new SplittableRandom(h);
  }

  private static long mix(long x) {
    return SplitMix.mix(x + SplitMix.GOLDEN);
  }
}
