package org.maskmine.dsl;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.LongStream;
import org.maskmine.Progress;
import org.maskmine.data.Dataset;
import org.maskmine.data.Datasets;
import org.maskmine.data.Part;
import org.maskmine.data.Phantom;
import org.maskmine.data.Structure;
import org.maskmine.mining.MinedErrors;
import org.maskmine.mining.Miner;
import org.maskmine.mining.Retrainer;
import org.maskmine.mining.Retraining;
import org.maskmine.mining.Retraining.Kind;
import org.maskmine.scoring.Confusion;
import org.maskmine.scoring.Gate;
import org.maskmine.scoring.Scores;
import org.maskmine.training.Preset;
import org.maskmine.training.Recipe;
import org.maskmine.training.Recipes;
import org.maskmine.training.RunStore;
import org.maskmine.training.StoredRun;
import org.maskmine.training.Trainer;

/**
 * Measures the paper's effect on the phantom: for every seed volumes of its own, a base run, and
 * its dice, pwce and control retrainings of the lesion network (in the combined network, of both
 * heads). Prints a row per run and the verdicts over all seeds. Started again, it finds its
 * finished runs and goes on.
 *
 * <p>Arguments: a working folder, the first and the last seed, and the pipeline: {@code cascade2d}
 * (if left out), {@code cascade3d} or {@code combined2d}.
 */
public final class EffectStudy {
  private final Path folder;
  private final Recipe recipe;

  private EffectStudy(Path folder, String pipeline) {
    this.folder = folder;
    this.recipe =
        switch (pipeline) {
          case "cascade2d" -> Recipes.cascade2d(Preset.DEMO);
          case "cascade3d" -> Recipes.cascade3d(Preset.DEMO);
          case "combined2d" -> Recipes.combined2d(Preset.DEMO);
          default -> throw new IllegalArgumentException("no pipeline " + pipeline);
        };
  }

  /** Runs the study. */
  public static void main(String[] args) {
    var study = new EffectStudy(Path.of(args[0]), args.length > 3 ? args[3] : "cascade2d");
    System.out.println(
        "| seed | run | validation FP / FN / TP / Dice | predicted gate | test FP / FN / TP / Dice |"
            + " liver Dice | s |\n|---|---|---|---|---|---|---|");
    Map<Long, Map<String, StoredRun>> seeds = new LinkedHashMap<>();
    LongStream.rangeClosed(Long.parseLong(args[1]), Long.parseLong(args[2]))
        .forEach(seed -> seeds.put(seed, study.seed(seed)));
    study.verdicts(seeds);
  }

  private Map<String, StoredRun> seed(long seed) {
    Dataset data =
        Datasets.phantom(folder.resolve("data"), Phantom.Options.ofSeed(seed), Progress.NONE);
    var store = new RunStore(folder.resolve("runs"));
    Map<String, StoredRun> runs = new LinkedHashMap<>();
    StoredRun base = new Trainer(data, store).train(recipe.seed(seed), Progress.NONE);
    print(seed, base);
    runs.put("base", base);
    MinedErrors errors = Miner.mine(base, data, store, Progress.NONE);
    for (Kind kind : List.of(Kind.CONTROL, Kind.DICE, Kind.PWCE)) {
      StoredRun run = Retrainer.retrain(errors, retraining(kind), Progress.NONE);
      print(seed, run);
      runs.put(kind.label(), run);
    }
    return runs;
  }

  private Retraining retraining(Kind kind) {
    Retraining both = Retraining.of(kind);
    return recipe.stages().size() == 1 ? both : both.only(Structure.LESION);
  }

  private static void print(long seed, StoredRun run) {
    Scores scores = run.scores();
    System.out.printf(
        Locale.ROOT,
        "| %d | %s | %s | %s | %s | %.3f | %.0f |%n",
        seed,
        run.info().kind(),
        row(scores.of(Part.VALIDATION, Structure.LESION, Gate.TRUE_LIVER)),
        row(scores.of(Part.VALIDATION, Structure.LESION, Gate.PREDICTED_LIVER)),
        row(scores.of(Part.TEST, Structure.LESION, Gate.TRUE_LIVER)),
        scores.of(Part.VALIDATION, Structure.LIVER, Gate.NONE).meanDice(),
        run.info().seconds());
  }

  private static String row(Scores scores) {
    Confusion c = scores.total();
    return String.format(
        Locale.ROOT, "%d / %d / %d / %.3f", c.fp(), c.fn(), c.tp(), scores.meanDice());
  }

  private void verdicts(Map<Long, Map<String, StoredRun>> seeds) {
    int diceWins = 0;
    int pwceWins = 0;
    int pwceBeatsControl = 0;
    List<String> misses = new ArrayList<>();
    for (var seed : seeds.entrySet()) {
      Scores base = lesions(seed.getValue(), "base");
      Scores control = lesions(seed.getValue(), "control");
      Scores dice = lesions(seed.getValue(), "dice");
      Scores pwce = lesions(seed.getValue(), "pwce");
      boolean honestDice =
          dice.total().fp() <= 3 * base.total().fp() && dice.meanDice() >= control.meanDice();
      boolean honestPwce = pwce.total().tp() >= 0.75 * control.total().tp();
      boolean recall =
          dice.total().fn() < base.total().fn() && dice.total().fn() < control.total().fn();
      diceWins += recall && honestDice ? 1 : 0;
      pwceWins += pwce.total().fp() < base.total().fp() && honestPwce ? 1 : 0;
      pwceBeatsControl += pwce.total().fp() < control.total().fp() && honestPwce ? 1 : 0;
      if (!honestDice) {
        misses.add(
            "dice of seed " + seed.getKey() + " (FP above 3× base or Dice under the control's)");
      }
      if (!honestPwce) {
        misses.add("pwce of seed " + seed.getKey() + " (TP under 75 % of the control's)");
      }
    }
    int n = seeds.size();
    System.out.printf(
        "dice lowers FN against base and control: %d of %d%n"
            + "pwce lowers FP against the base: %d of %d; against the control: %d of %d%n"
            + "counted as a miss: %s%n",
        diceWins, n, pwceWins, n, pwceBeatsControl, n, misses.isEmpty() ? "none" : misses);
    for (String kind : List.of("base", "control", "dice", "pwce")) {
      System.out.printf(
          Locale.ROOT,
          "mean validation lesion Dice %s: %.4f%n",
          kind,
          seeds.values().stream()
              .mapToDouble(s -> lesions(s, kind).meanDice())
              .average()
              .orElseThrow());
    }
  }

  private static Scores lesions(Map<String, StoredRun> runs, String kind) {
    return java.util.Objects.requireNonNull(runs.get(kind))
        .scores()
        .of(Part.VALIDATION, Structure.LESION, Gate.TRUE_LIVER);
  }
}
