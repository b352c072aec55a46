package org.maskmine.study;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.maskmine.Progress;
import org.maskmine.data.Dataset;
import org.maskmine.mining.MinedErrors;
import org.maskmine.mining.Miner;
import org.maskmine.mining.Retrainer;
import org.maskmine.study.StudyPlan.Base;
import org.maskmine.study.StudyPlan.Retrain;
import org.maskmine.training.Recipe;
import org.maskmine.training.RunStore;
import org.maskmine.training.StoredRun;
import org.maskmine.training.Trainer;

/** Works on one run of a study: returns it where it is stored, goes on with it, or begins it. */
public final class StudyWork {
  private final Dataset data;
  private final RunStore store;
  private final Progress progress;
  private final UnaryOperator<String> devices;

  /**
   * Work on a data set, into a store.
   *
   * @param progress told of everything that has to be done
   */
  public StudyWork(Dataset data, RunStore store, Progress progress) {
    this(data, store, progress, UnaryOperator.identity());
  }

  /**
   * Work where not every device may be taken.
   *
   * @param devices the device to take for the one that a recipe names
   */
  public StudyWork(Dataset data, RunStore store, Progress progress, UnaryOperator<String> devices) {
    this.data = data;
    this.store = store;
    this.progress = progress;
    this.devices = devices;
  }

  /**
   * A run that is finished.
   *
   * @param trained whether anything had to be trained
   */
  public record Done(StoredRun run, boolean trained) {}

  /**
   * Trains a base run, and mines its errors where a retraining will need them.
   *
   * @throws org.maskmine.UserError where data or engine cannot do what the recipe asks
   */
  public Done base(Base base) {
    var noticing = new Noticing(progress, new AtomicBoolean());
    Recipe recipe = base.recipe();
    recipe = recipe.device(devices.apply(recipe.device()));
    StoredRun run = new Trainer(data, store).train(recipe, noticing);
    var done = new Done(run, noticing.worked().get());
    if (!base.retrainings().stream().allMatch(again -> isStored(run, again))) {
      Miner.mined(run, data, store, progress);
    }
    return done;
  }

  private boolean isStored(StoredRun base, Retrain again) {
    return !again.anew()
        && Retrainer.stored(base, data, store, again.retraining(), again.rounds()).isPresent();
  }

  /**
   * Retrains a base run.
   *
   * @param baseId the finished base run's
   */
  public Done retrained(String baseId, Retrain again) {
    StoredRun base = store.run(baseId);
    base = base.device(devices.apply(base.recipe().device()));
    if (!again.anew()) {
      var stored = Retrainer.stored(base, data, store, again.retraining(), again.rounds());
      if (stored.isPresent()) {
        return new Done(stored.get(), false);
      }
    }
    var noticing = new Noticing(progress, new AtomicBoolean());
    MinedErrors errors =
        Miner.mined(base, data, store, noticing).in(again.anew() ? store.anew() : store);
    StoredRun run = Retrainer.retrain(errors, again.retraining(), again.rounds(), noticing);
    return new Done(run, noticing.worked().get());
  }

  /** Notices whether there was anything to do. */
  private record Noticing(Progress progress, AtomicBoolean worked) implements Progress {
    @Override
    public void report(String activity, int done, int total, String note) {
      worked.set(true);
      progress.report(activity, done, total, note);
    }

    @Override
    public void epoch(String network, int number, double trainingLoss, double validationDice) {
      progress.epoch(network, number, trainingLoss, validationDice);
    }
  }
}
