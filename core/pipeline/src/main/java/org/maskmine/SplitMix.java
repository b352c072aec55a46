package org.maskmine;

/** SplitMix64 (Steele et al. 2014): from neighbouring numbers to unrelated ones. */
public final class SplitMix {
  /** The step of its sequence: the golden ratio's odd 64 bits. */
  public static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private SplitMix() {}

  /** The finaliser. */
  public static long mix(long x) {
    long z = (x ^ (x >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
