package org.maskmine.mining;

import java.util.EnumMap;
import java.util.Map;
import org.maskmine.Progress;
import org.maskmine.UserError;
import org.maskmine.data.PreparedCase;
import org.maskmine.data.Structure;
import org.maskmine.network.Weights;
import org.maskmine.training.ReadOut;
import org.maskmine.training.Recipe;
import org.maskmine.training.StageRecipe;
import org.maskmine.training.StageStart;
import org.maskmine.training.StoredRun;
import org.maskmine.training.Trainer;
import org.maskmine.volume.Mask;

/** Retrains a run on its own errors (PAPER section 2). */
public final class Retrainer {
  private Retrainer() {}

  /**
   * Appends the error head to every stage that is retrained, keeps all other weights, and trains
   * with a new optimiser.
   *
   * @throws UserError where the run already has an error head for another loss
   */
  public static StoredRun retrain(MinedErrors errors, Retraining retraining, Progress progress) {
    StoredRun base = errors.run();
    Recipe recipe =
        base.recipe()
            .eachStage(
                s -> retraining.structures().contains(s.structure()) ? retraining.apply(s) : s);
    Map<Structure, StageStart> starts = new EnumMap<>(Structure.class);
    for (StageRecipe stage : recipe.stages()) {
      starts.put(stage.structure(), start(errors, retraining, stage));
    }
    return new Trainer(errors.data(), errors.store())
        .train(retraining.kind().label(), base, recipe, starts, progress);
  }

  private static StageStart start(MinedErrors errors, Retraining retraining, StageRecipe stage) {
    Structure structure = stage.structure();
    StageRecipe before = errors.run().recipe().stage(structure);
    Weights weights = errors.run().weights(structure);
    if (!retraining.structures().contains(structure)) {
      return new StageStart(weights, c -> new byte[0], false);
    }
    if (stage.readOut() == ReadOut.FOREGROUND) {
      return new StageStart(weights, c -> Trainer.truthClasses(c, structure), true);
    }
    return new StageStart(head(before, stage, weights), c -> classes(errors, stage, c), true);
  }

  private static Weights head(StageRecipe before, StageRecipe stage, Weights weights) {
    if (before.readOut() == stage.readOut()) {
      return weights;
    }
    if (before.readOut() != ReadOut.FOREGROUND) {
      throw new UserError(
          "the "
              + stage.head()
              + " network already has an error head for another loss: a further"
              + " round uses the same loss; mine a base run for this one");
    }
    return ErrorHead.warmStart(before.graph(), weights, stage.head(), stage.readOut());
  }

  private static byte[] classes(MinedErrors errors, StageRecipe stage, PreparedCase c) {
    Mask mask = errors.mask(stage.structure(), c.id());
    return ErrorMask.membership(mask, stage.readOut() == ReadOut.TP_CHANNEL);
  }
}
