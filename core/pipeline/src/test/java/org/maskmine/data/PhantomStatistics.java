package org.maskmine.data;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.maskmine.volume.Components;
import org.maskmine.volume.Connectivity;
import org.maskmine.volume.Geometry;

/** What {@code src/test/python/phantom_statistics.py} measures, measured in the same way. */
record PhantomStatistics(Map<String, Double> values) {
  double get(String name) {
    return Objects.requireNonNull(values.get(name), name);
  }

  static PhantomStatistics of(Phantom.Drawn drawn) {
    float[] hu = drawn.image().values();
    byte[] labels = drawn.labels().values();
    Geometry g = drawn.labels().geometry();
    double voxelMm3 = g.spacing().voxelMm3();
    int[] sizes = Components.label(drawn.labels().where(l -> l == 2), Connectivity.FACES).sizes();
    double liverHu = mean(hu, i -> labels[i] == 1);
    boolean any = sizes.length > 0;
    return new PhantomStatistics(
        Map.of(
            "liverHu", liverHu,
            "liverSpreadHu", spread(hu, i -> labels[i] == 1),
            "contrastHu", any ? mean(hu, i -> labels[i] == 2) - liverHu : 0,
            "liverMl", count(labels, l -> l > 0) * voxelMm3 / 1000,
            "cropLesionPercent", cropLesionPercent(labels, g),
            "lesions", (double) sizes.length,
            "diameterMm",
                Arrays.stream(sizes)
                    .mapToDouble(n -> 2 * Math.cbrt(n * voxelMm3 * 3 / (4 * Math.PI)))
                    .average()
                    .orElse(0),
            "airNoiseHu", spread(hu, i -> i % g.nx() < 6 && i / g.nx() % g.ny() < 6),
            "bodyHu", mean(hu, i -> hu[i] > -500)));
  }

  private static double cropLesionPercent(byte[] labels, Geometry g) {
    int plane = g.nx() * g.ny();
    int[] projected =
        IntStream.range(0, plane)
            .filter(p -> IntStream.range(0, g.nz()).anyMatch(z -> labels[z * plane + p] > 0))
            .toArray();
    int x0 = start(Arrays.stream(projected).map(p -> p % g.nx()).average().orElseThrow());
    int y0 = start(Arrays.stream(projected).map(p -> p / g.nx()).average().orElseThrow());
    int slices = 0;
    int lesion = 0;
    for (int z = 0; z < g.nz(); z++) {
      byte[] slice = Arrays.copyOfRange(labels, z * plane, (z + 1) * plane);
      if (count(slice, l -> l > 0) == 0) {
        continue;
      }
      slices++;
      for (int i = 0; i < 1600; i++) {
        lesion += slice[(y0 + i / 40) * g.nx() + x0 + i % 40] == 2 ? 1 : 0;
      }
    }
    return 100.0 * lesion / (1600 * slices);
  }

  private static int start(double middle) {
    return Math.min(24, Math.max(0, (int) middle - 20));
  }

  private static int count(byte[] labels, IntPredicate wanted) {
    return (int) IntStream.range(0, labels.length).filter(i -> wanted.test(labels[i])).count();
  }

  private static double mean(float[] hu, IntPredicate at) {
    return IntStream.range(0, hu.length).filter(at).mapToDouble(i -> hu[i]).average().orElse(0);
  }

  private static double spread(float[] hu, IntPredicate at) {
    double mean = mean(hu, at);
    return Math.sqrt(
        IntStream.range(0, hu.length)
            .filter(at)
            .mapToDouble(i -> (hu[i] - mean) * (hu[i] - mean))
            .average()
            .orElse(0));
  }
}
