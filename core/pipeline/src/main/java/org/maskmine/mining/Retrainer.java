package org.maskmine.mining;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.maskmine.Progress;
import org.maskmine.UserError;
import org.maskmine.data.Dataset;
import org.maskmine.data.PreparedCase;
import org.maskmine.data.Structure;
import org.maskmine.engine.Loss;
import org.maskmine.network.Weights;
import org.maskmine.training.Head;
import org.maskmine.training.ReadOut;
import org.maskmine.training.Recipe;
import org.maskmine.training.RunStore;
import org.maskmine.training.StageRecipe;
import org.maskmine.training.StageStart;
import org.maskmine.training.StoredRun;
import org.maskmine.training.Trainer;
import org.maskmine.volume.Mask;

/** Retrains a run on its own errors (PAPER section 2). */
public final class Retrainer {
  private final MinedErrors errors;
  private final Retraining retraining;

  private Retrainer(MinedErrors errors, Retraining retraining) {
    this.errors = errors;
    this.retraining = retraining;
  }

  /**
   * Appends the error head to every network that is retrained, keeps all other weights, and trains
   * with a new optimiser.
   *
   * @throws UserError where the run already has an error head for another loss, or one at all for
   *     the control
   */
  public static StoredRun retrain(MinedErrors errors, Retraining retraining, Progress progress) {
    return new Retrainer(errors, retraining).retrain(progress);
  }

  /**
   * Retrains, mines the result and retrains again, so many times: the paper's future work. Every
   * round is a run of its own, whose parent is the one before; the error head stays.
   *
   * @return the last round's run
   */
  public static StoredRun retrain(
      MinedErrors errors, Retraining retraining, int rounds, Progress progress) {
    StoredRun run = retrain(errors, retraining, progress);
    for (int round = 1; round < rounds; round++) {
      MinedErrors again = Miner.mine(run, errors.data(), errors.store(), progress);
      run = retrain(again, retraining, progress);
    }
    return run;
  }

  /**
   * The last round's run where the store has it finished, which spares mining: what {@link
   * #retrain(MinedErrors, Retraining, int, Progress)} would return.
   */
  public static Optional<StoredRun> stored(
      StoredRun base, Dataset data, RunStore store, Retraining retraining, int rounds) {
    var trainer = new Trainer(data, store);
    Optional<StoredRun> run = Optional.of(base);
    for (int round = 0; round < rounds; round++) {
      run =
          run.flatMap(
              r -> trainer.finished(retraining.kind().label(), r, retraining.apply(r.recipe())));
    }
    return run;
  }

  private StoredRun retrain(Progress progress) {
    StoredRun base = errors.run();
    base.recipe().stages().forEach(this::refuseErrorHead);
    Recipe recipe = retraining.apply(base.recipe());
    return new Trainer(errors.data(), errors.store())
        .train(retraining.kind().label(), base, recipe, () -> starts(recipe), progress);
  }

  private Map<Structure, StageStart> starts(Recipe recipe) {
    Map<Structure, StageStart> starts = new EnumMap<>(Structure.class);
    for (StageRecipe stage : recipe.stages()) {
      starts.put(stage.structure(), start(stage));
    }
    return starts;
  }

  /** With the loss that is there, an error head would be trained on its errors once more. */
  private void refuseErrorHead(StageRecipe stage) {
    boolean errorHead = stage.heads().stream().anyMatch(h -> h.readOut().classes() == 4);
    if (errorHead && retraining.touches(stage) && retraining.loss() == null) {
      throw new UserError(
          retraining.kind().label()
              + "(): run "
              + errors.run().id()
              + " has an error head, but the old loss needs the two classes it replaced; mine "
              + errors.run().info().parent()
              + " instead, and give it as many epochs");
    }
  }

  private StageStart start(StageRecipe stage) {
    Weights weights = errors.run().weights(stage.structure());
    if (!retraining.touches(stage)) {
      return StageStart.untrained(weights);
    }
    return new StageStart(
        heads(stage, weights),
        (c, structure) -> classes(stage.head(structure), c),
        stage.emphasis().sampled() ? (c, structure) -> mined(structure, c) : null,
        true);
  }

  private Weights heads(StageRecipe stage, Weights trained) {
    StageRecipe before = errors.run().recipe().stage(stage.structure());
    Weights weights = trained;
    StageRecipe reached = before;
    for (Head head : stage.heads()) {
      Head old = before.head(head.structure());
      if (old.readOut().classes() == head.readOut().classes()) {
        check(old, head);
        continue;
      }
      if (old.readOut() != ReadOut.FOREGROUND) {
        throw another(head);
      }
      var graph = reached.graph();
      weights =
          stage.emphasis().freshHead()
              ? ErrorHead.fresh(graph, weights, head.name(), errors.run().recipe().seed())
              : ErrorHead.warmStart(graph, weights, head.name(), head.readOut());
      reached =
          reached.eachHead(
              h -> h.structure() == head.structure() ? h.loss(head.loss(), head.readOut()) : h);
    }
    return weights;
  }

  private static void check(Head old, Head head) {
    boolean errorHead = head.readOut().classes() == 4;
    if (errorHead && old.loss().getClass() != head.loss().getClass()) {
      throw another(head);
    }
  }

  private static UserError another(Head head) {
    return new UserError(
        "the "
            + head.name()
            + " network already has an error head for another loss: a further"
            + " round uses the same loss; mine a base run for this one");
  }

  private byte[] classes(Head head, PreparedCase c) {
    return head.readOut().classes() == 2
        ? Trainer.truthClasses(c, head.structure())
        : ErrorMask.membership(
            errors.mask(head.structure(), c.id()), head.loss() instanceof Loss.SoftDice);
  }

  private byte[] mined(Structure structure, PreparedCase c) {
    Mask mask = errors.mask(structure, c.id());
    return mask.values();
  }
}
