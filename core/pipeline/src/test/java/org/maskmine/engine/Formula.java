package org.maskmine.engine;

/** Numbers that Java and Python (formula.py) make alike, so that no inputs need storing. */
final class Formula {
  private static final long MASK = 0xFFFFFFFFL;

  private Formula() {}

  /** Element i of a stream in [0, 1): a hash of both. */
  static double uniform(int stream, int i) {
    long x = (i * 2654435761L + stream * 40503L + 12345) & MASK;
    for (int round = 0; round < 2; round++) {
      x = ((x ^ (x >>> 16)) * 0x45D9F3BL) & MASK;
    }
    return (x ^ (x >>> 16)) / 4294967296.0;
  }

  static float[] values(int stream, int count, double low, double high) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (low + (high - low) * uniform(stream, i));
    }
    return values;
  }
}
