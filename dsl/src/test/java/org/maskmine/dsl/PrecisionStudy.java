package org.maskmine.dsl;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.maskmine.Progress;
import org.maskmine.data.Dataset;
import org.maskmine.data.Datasets;
import org.maskmine.data.Phantom;
import org.maskmine.data.Structure;
import org.maskmine.engine.Engine.Precision;
import org.maskmine.training.Epoch;
import org.maskmine.training.Recipe;
import org.maskmine.training.RunStore;
import org.maskmine.training.StoredRun;
import org.maskmine.training.Trainer;

/**
 * Measures what bfloat16 costs on the phantom: per seed the lesion network's validation Dice in
 * float32 and in bfloat16.
 *
 * <p>Arguments: a working folder, the first and the last seed, epochs.
 */
public final class PrecisionStudy {
  private PrecisionStudy() {}

  /** Runs the study. */
  public static void main(String[] args) {
    Path folder = Path.of(args[0]);
    int epochs = Integer.parseInt(args[3]);
    System.out.println("| seed | precision | best Dice | mean of the last third | s |");
    System.out.println("|---|---|---|---|---|");
    for (long seed = Long.parseLong(args[1]); seed <= Long.parseLong(args[2]); seed++) {
      Dataset data =
          Datasets.phantom(folder.resolve("data"), Phantom.Options.ofSeed(seed), Progress.NONE);
      for (Precision precision : List.of(Precision.FP32, Precision.BF16)) {
        Recipe recipe =
            Recipe.cascade2d()
                .seed(seed)
                .precision(precision)
                .eachStage(s -> s.epochs(s.structure() == Structure.LESION ? epochs : 1));
        var store = new RunStore(folder.resolve("runs"));
        print(seed, precision, new Trainer(data, store).train(recipe, Progress.NONE));
      }
    }
  }

  private static void print(long seed, Precision precision, StoredRun run) {
    List<Epoch> curve = run.curve(Structure.LESION);
    System.out.printf(
        Locale.ROOT,
        "| %d | %s | %.4f | %.4f | %.0f |%n",
        seed,
        precision,
        curve.stream().mapToDouble(Epoch::validationDice).max().orElse(Double.NaN),
        curve.stream()
            .skip(2 * curve.size() / 3)
            .mapToDouble(Epoch::validationDice)
            .average()
            .orElse(Double.NaN),
        run.info().seconds());
  }
}
