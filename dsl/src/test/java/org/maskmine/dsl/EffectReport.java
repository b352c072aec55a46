package org.maskmine.dsl;

import static org.maskmine.data.Part.TEST;
import static org.maskmine.data.Part.VALIDATION;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.maskmine.data.Part;
import org.maskmine.data.Structure;
import org.maskmine.scoring.Confusion;
import org.maskmine.scoring.Gate;
import org.maskmine.scoring.Scores;
import org.maskmine.scoring.Summary;
import org.maskmine.training.StoredRun;

/**
 * What an {@link EffectStudy} found: lesion voxels and Dice of every run on the validation and on
 * the shifted test set, and numbers for each of the paper's claims. Where nothing else is said,
 * lesions are judged inside the true liver.
 */
final class EffectReport {
  private static final List<String> KINDS = List.of("base", "control", "dice", "pwce");

  /** The four runs of one seed by kind. */
  record Seed(long number, Map<String, StoredRun> runs) {
    private Scores lesions(String kind, Part part) {
      return EffectReport.lesions(run(kind), part);
    }

    private StoredRun run(String kind) {
      return Objects.requireNonNull(runs.get(kind));
    }

    private Confusion voxels(String kind) {
      return lesions(kind, VALIDATION).total();
    }

    private double dice(String kind) {
      return lesions(kind, VALIDATION).meanDice();
    }

    /** A recall bought with false positives, or without Dice, does not count. */
    private boolean isHonestDice() {
      return voxels("dice").fp() <= 3 * voxels("base").fp() && dice("dice") >= dice("control");
    }

    /** Nor do false positives that are gone because little is predicted at all. */
    private boolean isHonestPwce() {
      return voxels("pwce").tp() >= 0.75 * voxels("control").tp();
    }

    private boolean hasLessFn(String than) {
      return voxels("dice").fn() < voxels(than).fn();
    }

    private boolean hasLessFp(String than) {
      return voxels("pwce").fp() < voxels(than).fp();
    }
  }

  private final List<Seed> seeds;
  private final List<String> lines = new ArrayList<>();

  EffectReport(List<Seed> seeds) {
    this.seeds = seeds;
  }

  /** The report as Markdown. */
  String text() {
    table("Validation", VALIDATION);
    table("Shifted test", TEST);
    means();
    verdicts();
    return String.join("\n", lines);
  }

  private void say(String format, Object... values) {
    lines.add(String.format(Locale.ROOT, format, values));
  }

  private void table(String title, Part part) {
    say("%s set, lesion voxels FP / FN / TP · mean Dice:%n", title);
    say("| seed | %s |%n|---|---|---|---|---|", String.join(" | ", KINDS));
    for (Seed seed : seeds) {
      String cells =
          KINDS.stream()
              .map(kind -> counts(seed.lesions(kind, part)))
              .collect(Collectors.joining(" | "));
      say("| %d | %s |", seed.number(), cells);
    }
    say("");
  }

  private static String counts(Scores scores) {
    Confusion c = scores.total();
    return String.format(
        Locale.ROOT, "%d / %d / %d · %.3f", c.fp(), c.fn(), c.tp(), scores.meanDice());
  }

  private void means() {
    say("| mean ± deviation over seeds | %s |%n|---|---|---|---|---|", String.join(" | ", KINDS));
    row("lesion Dice, validation", 3, r -> lesions(r, VALIDATION).meanDice());
    row("lesion Dice, shifted test", 3, r -> lesions(r, TEST).meanDice());
    row("in the predicted liver, validation", 3, r -> inPredictedLiver(r, VALIDATION));
    row("in the predicted liver, shifted test", 3, r -> inPredictedLiver(r, TEST));
    row("liver Dice, validation", 3, EffectReport::liver);
    row("epochs of the lesion network", 0, EffectReport::epochs);
    row("seconds", 0, EffectReport::seconds);
    say("");
  }

  private void row(String name, int digits, ToDoubleFunction<StoredRun> value) {
    String cells =
        KINDS.stream()
            .map(kind -> over(kind, value).text(1, digits))
            .collect(Collectors.joining(" | "));
    say("| %s | %s |", name, cells);
  }

  private void verdicts() {
    say(
        "- a retraining costs, of its base run: dice %s of the lesion network's epochs and %s of the"
            + " time, pwce %s and %s",
        share("dice", EffectReport::epochs),
        share("dice", EffectReport::seconds),
        share("pwce", EffectReport::epochs),
        share("pwce", EffectReport::seconds));
    say(
        "- dice, FN under the control's: %s; under the base's: %s",
        count(s -> s.hasLessFn("control")), count(s -> s.hasLessFn("base")));
    say(
        "- … strictly (under both, FP at most 3 times the base's, Dice not under the control's): %s",
        count(s -> s.hasLessFn("control") && s.hasLessFn("base") && s.isHonestDice()));
    say(
        "- pwce, FP under the base's: %s; under the control's: %s",
        count(s -> s.hasLessFp("base")), count(s -> s.hasLessFp("control")));
    say(
        "- … strictly (and TP at least 75 %% of the control's): %s; %s",
        count(s -> s.hasLessFp("base") && s.isHonestPwce()),
        count(s -> s.hasLessFp("control") && s.isHonestPwce()));
    for (String kind : List.of("dice", "pwce")) {
      say(
          "- %s, points of lesion Dice on the base: validation %s, shifted test %s; on the control:"
              + " %s, %s",
          kind,
          points(kind, "base", VALIDATION),
          points(kind, "base", TEST),
          points(kind, "control", VALIDATION),
          points(kind, "control", TEST));
    }
  }

  private String share(String kind, ToDoubleFunction<StoredRun> cost) {
    return Math.round(100 * over(kind, cost).mean() / over("base", cost).mean()) + " %";
  }

  private String count(Predicate<Seed> holds) {
    return seeds.stream().filter(holds).count() + " of " + seeds.size();
  }

  private String points(String kind, String than, Part part) {
    double gain =
        over(kind, r -> lesions(r, part).meanDice()).mean()
            - over(than, r -> lesions(r, part).meanDice()).mean();
    return String.format(Locale.ROOT, "%+.1f", 100 * gain);
  }

  private Summary over(String kind, ToDoubleFunction<StoredRun> value) {
    return Summary.of(seeds.stream().map(s -> s.run(kind)).mapToDouble(value));
  }

  private static Scores lesions(StoredRun run, Part part) {
    return run.scores().of(part, Structure.LESION, Gate.TRUE_LIVER);
  }

  private static double inPredictedLiver(StoredRun run, Part part) {
    return run.scores().of(part, Structure.LESION, Gate.PREDICTED_LIVER).meanDice();
  }

  private static double liver(StoredRun run) {
    return run.scores().of(VALIDATION, Structure.LIVER, Gate.NONE).meanDice();
  }

  private static double seconds(StoredRun run) {
    return run.info().seconds();
  }

  private static int epochs(StoredRun run) {
    return run.recipe().stage(Structure.LESION).epochs();
  }
}
