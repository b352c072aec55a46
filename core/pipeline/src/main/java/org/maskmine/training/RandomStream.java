package org.maskmine.training;

import java.util.SplittableRandom;

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

  /** The finaliser of SplitMix64 (Steele et al. 2014) on the next of its sequence. */
  private static long mix(long x) {
    long z = x + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
