package org.maskmine.examples;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.maskmine.Progress;
import org.maskmine.data.Dataset;
import org.maskmine.data.Datasets;
import org.maskmine.data.Part;
import org.maskmine.data.Phantom;
import org.maskmine.data.Source;
import org.maskmine.data.Structure;
import org.maskmine.mining.MinedErrors;
import org.maskmine.mining.Miner;
import org.maskmine.mining.Retrainer;
import org.maskmine.mining.Retraining;
import org.maskmine.scoring.Confusion;
import org.maskmine.scoring.Gate;
import org.maskmine.training.Preset;
import org.maskmine.training.Recipe;
import org.maskmine.training.Recipes;
import org.maskmine.training.RunStore;
import org.maskmine.training.StoredRun;
import org.maskmine.training.Trainer;

/**
 * Mask mining without a notebook: the core is a plain Java library. On the class path stand {@code
 * maskmine-pipeline} and one engine; no table, no chart and no Jupyter.
 *
 * <pre>{@code java org.maskmine.examples.PlainLibrary WORKSPACE [DATA]}</pre>
 */
public final class PlainLibrary {
  private PlainLibrary() {}

  /**
   * Trains, mines and retrains, and prints a line per run.
   *
   * @param arguments where runs are kept, and a folder of cases; a small phantom without one
   */
  public static void main(String[] arguments) {
    Path workspace = Path.of(arguments[0]);
    Path known = workspace.resolve("known");
    Dataset data =
        arguments.length > 1
            ? Datasets.open(Source.of(Path.of(arguments[1])), known, Progress.NONE)
            : Datasets.phantom(workspace, new Phantom.Options(1, 4, 2, 2), Progress.NONE);
    var store = new RunStore(workspace.resolve("runs"));

    Recipe recipe = Recipes.cascade2d(Preset.DEMO).seed(1).eachStage(stage -> stage.epochs(2));
    StoredRun base = new Trainer(data, store).train(recipe, Progress.NONE);

    MinedErrors errors = Miner.mine(base, data, store, Progress.NONE);
    var dice = Retraining.of(Retraining.Kind.DICE, Preset.DEMO).epochs(2).only(Structure.LESION);
    StoredRun recall = Retrainer.retrain(errors, dice, Progress.NONE);

    for (StoredRun run : List.of(base, recall)) {
      Confusion lesions =
          run.scores().of(Part.VALIDATION, Structure.LESION, Gate.TRUE_LIVER).total();
      System.out.printf(
          Locale.ROOT,
          "%s: FP %d, FN %d, TP %d, in %s%n",
          run.id(),
          lesions.fp(),
          lesions.fn(),
          lesions.tp(),
          run.folder());
    }
  }
}
