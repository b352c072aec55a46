package org.maskmine.training;

/** Mirrors a square plane inside a larger array, in place. */
final class Flip {
  private Flip() {}

  static void plane(float[] a, int offset, int size, boolean alongX, boolean alongY) {
    for (int from : swaps(size, alongX, alongY)) {
      int to = mirror(from, size, alongX, alongY);
      float kept = a[offset + from];
      a[offset + from] = a[offset + to];
      a[offset + to] = kept;
    }
  }

  static void plane(byte[] a, int offset, int size, boolean alongX, boolean alongY) {
    for (int from : swaps(size, alongX, alongY)) {
      int to = mirror(from, size, alongX, alongY);
      byte kept = a[offset + from];
      a[offset + from] = a[offset + to];
      a[offset + to] = kept;
    }
  }

  private static int mirror(int i, int size, boolean alongX, boolean alongY) {
    int x = i % size;
    int y = i / size;
    return (alongY ? size - 1 - y : y) * size + (alongX ? size - 1 - x : x);
  }

  private static int[] swaps(int size, boolean alongX, boolean alongY) {
    return java.util.stream.IntStream.range(0, size * size)
        .filter(i -> i < mirror(i, size, alongX, alongY))
        .toArray();
  }
}
