package org.maskmine.dsl;

import static org.maskmine.data.Part.VALIDATION;
import static org.maskmine.data.Structure.LESION;
import static org.maskmine.scoring.Gate.TRUE_LIVER;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.ToLongFunction;
import org.maskmine.Progress;
import org.maskmine.data.Dataset;
import org.maskmine.mining.Dial;
import org.maskmine.scoring.Confusion;
import org.maskmine.scoring.Scores;
import org.maskmine.training.StoredRun;

/**
 * Whether a retrained network is better than the control or only stands elsewhere on the same
 * recall–precision curve: what the control's counts would be with the threshold at which it misses
 * as much as pwce retraining, or raises as many false alarms as dice retraining.
 */
final class EffectCurves {
  private EffectCurves() {}

  /** A row of a table per seed: lesion voxels of the validation set inside the true liver. */
  static String row(EffectReport.Seed seed, Dataset data) {
    List<Confusion> control =
        Dial.of(run(seed, "control"), data, LESION, VALIDATION, Progress.NONE).stream()
            .map(Dial.Position::total)
            .toList();
    Confusion pwce = own(seed, "pwce");
    Confusion dice = own(seed, "dice");
    return String.format(
        Locale.ROOT,
        "| %d | %d | %d | %.0f | %d | %d | %.0f |%n",
        seed.number(),
        pwce.fn(),
        pwce.fp(),
        at(control, pwce.fn(), Confusion::fn, Confusion::fp),
        dice.fp(),
        dice.fn(),
        at(control, dice.fp(), Confusion::fp, Confusion::fn));
  }

  /** The table's head. */
  static String head() {
    return """
        | seed | pwce's FN | its FP | control's FP there | dice's FP | its FN | control's FN there |
        |---|---|---|---|---|---|---|
        """;
  }

  private static StoredRun run(EffectReport.Seed seed, String kind) {
    return Objects.requireNonNull(seed.runs().get(kind));
  }

  private static Confusion own(EffectReport.Seed seed, String kind) {
    Scores scores = run(seed, kind).scores();
    return scores.of(VALIDATION, LESION, TRUE_LIVER).total();
  }

  /** One count where another has a value, between two positions of the dial in proportion. */
  private static double at(
      List<Confusion> curve,
      long wanted,
      ToLongFunction<Confusion> known,
      ToLongFunction<Confusion> sought) {
    for (int i = 1; i < curve.size(); i++) {
      double a = known.applyAsLong(curve.get(i - 1));
      double b = known.applyAsLong(curve.get(i));
      if (Math.min(a, b) <= wanted && wanted <= Math.max(a, b) && a != b) {
        double share = (wanted - a) / (b - a);
        double from = sought.applyAsLong(curve.get(i - 1));
        return from + share * (sought.applyAsLong(curve.get(i)) - from);
      }
    }
    return Double.NaN;
  }
}
