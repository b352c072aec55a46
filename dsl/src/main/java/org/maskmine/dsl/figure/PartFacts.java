package org.maskmine.dsl.figure;

import java.util.Arrays;
import java.util.Locale;
import org.maskmine.data.HuHistogram;

/**
 * What the labelled cases of one part hold.
 *
 * @param name of the part: {@code training}
 * @param liverHu in the livers, outside their lesions
 * @param lesionHu in the lesions
 * @param diametersMm of every lesion, of the sphere with its volume
 */
public record PartFacts(
    String name, HuHistogram liverHu, HuHistogram lesionHu, double[] diametersMm) {
  String words() {
    double[] sorted = diametersMm.clone();
    Arrays.sort(sorted);
    String median =
        sorted.length == 0
            ? "no lesions"
            : String.format(
                Locale.ROOT,
                "%d lesions, median diameter %.1f mm, median %.0f HU",
                sorted.length,
                sorted[sorted.length / 2],
                lesionHu.percentile(50));
    return String.format(
        Locale.ROOT, "%s: liver median %.0f HU, %s", name, liverHu.percentile(50), median);
  }
}
