package org.maskmine.training;

import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;
import org.maskmine.Progress;
import org.maskmine.UserError;
import org.maskmine.Worker;
import org.maskmine.data.PreparedCase;
import org.maskmine.data.Structure;
import org.maskmine.engine.Batch;
import org.maskmine.engine.Engines;
import org.maskmine.engine.Loss;
import org.maskmine.engine.Network;
import org.maskmine.network.Weights;
import org.maskmine.scoring.Confusion;

/** The epoch loop of one stage, from its start or from where it was left. */
final class StageTrainer {
  private static final int MOST_THREADS = 12;

  private final StoredRun run;
  private final StageRecipe recipe;
  private final Engines.Choice place;
  private final List<PreparedCase> validation;
  private final SliceSampler sampler;
  private final Map<String, Loss> losses;
  private final Progress progress;

  StageTrainer(
      StoredRun run,
      StageRecipe recipe,
      Engines.Choice place,
      SliceSampler sampler,
      List<PreparedCase> validation,
      Progress progress) {
    this.run = run;
    this.recipe = recipe;
    this.place = place;
    this.sampler = sampler;
    this.validation = validation;
    this.losses =
        recipe.heads().stream().collect(Collectors.toUnmodifiableMap(Head::name, Head::loss));
    this.progress = progress;
    if (sampler.foregroundSlices() == 0) {
      throw new UserError(
          "no training case has a labelled "
              + recipe.structure().label()
              + ": the "
              + recipe.name()
              + " network has nothing to learn; add cases or check the labels");
    }
  }

  /** Trains to the last epoch and writes the kept weights. */
  void train(Weights start) {
    var left =
        Files.exists(run.last(recipe.structure()))
            ? run.checkpoint(recipe.structure())
            : new Checkpoint(start, new Weights(Map.of()), List.of(), 0);
    var settings = place.settings(run.recipe().precision(), recipe.l2());
    try (Network network = place.engine().open(recipe.graph(), left.weights(), settings);
        var ahead = new Ahead()) {
      if (!left.epochs().isEmpty()) {
        network.restore(left.optimiser());
      }
      left.epochs().forEach(this::report);
      for (int epoch = left.epochs().size(); epoch < recipe.epochs() && !isStale(left); epoch++) {
        left = epoch(network, ahead, left, epoch);
      }
    }
    Weights kept =
        recipe.keep() == StageRecipe.Keep.LAST
            ? left.weights()
            : run.bestWeights(recipe.structure());
    run.write(run.kept(recipe.structure()), kept);
  }

  /** Whether the best epoch lies further back than the recipe's patience. */
  private boolean isStale(Checkpoint left) {
    return recipe.patience() > 0 && left.epochs().size() - left.bestEpoch() >= recipe.patience();
  }

  private Checkpoint epoch(Network network, Ahead ahead, Checkpoint before, int epoch) {
    long started = System.nanoTime();
    double rate = recipe.schedule().rate(recipe.learningRate(), epoch, recipe.epochs());
    double waited = ahead.waitedSeconds();
    double loss = steps(network, ahead, before, epoch, rate);
    waited = ahead.waitedSeconds() - waited;
    double dice = validate(network);
    var epochs = new ArrayList<>(before.epochs());
    epochs.add(new Epoch(epoch + 1, loss, dice, rate, (System.nanoTime() - started) / 1e9, waited));
    boolean best =
        before.bestEpoch() == 0 || !(dice <= epochs.get(before.bestEpoch() - 1).validationDice());
    Weights weights = network.weights();
    if (best) {
      run.write(run.best(recipe.structure()), weights);
    }
    var after =
        new Checkpoint(weights, network.optimiser(), epochs, best ? epoch + 1 : before.bestEpoch());
    after.write(run, recipe.structure());
    report(epochs.get(epoch));
    return after;
  }

  private void report(Epoch epoch) {
    progress.epoch(recipe.name(), epoch.number(), epoch.trainingLoss(), epoch.validationDice());
  }

  private double steps(Network network, Ahead ahead, Checkpoint before, int epoch, double rate) {
    int steps = sampler.stepsPerEpoch();
    String note = note(before, epoch);
    var read = new Losses(epoch, rate);
    for (int step = 0; step < steps; step++) {
      Batch batch = ahead.take(epoch * steps + step);
      progress.report(
          "training the " + recipe.name() + " network",
          epoch * steps + step,
          recipe.epochs() * steps,
          note);
      read.later(network.step(batch, losses, rate));
    }
    return read.mean();
  }

  /** The losses of an epoch, read some at a time: reading one makes the program wait for a card. */
  private final class Losses {
    private static final int AT_ONCE = 8;
    private final List<DoubleSupplier> waiting = new ArrayList<>();
    private final int epoch;
    private final double rate;
    private double sum;
    private int count;

    Losses(int epoch, double rate) {
      this.epoch = epoch;
      this.rate = rate;
    }

    void later(DoubleSupplier loss) {
      waiting.add(loss);
      if (waiting.size() == AT_ONCE) {
        read();
      }
    }

    double mean() {
      read();
      return sum / count;
    }

    private void read() {
      for (DoubleSupplier loss : waiting) {
        sum += checked(loss.getAsDouble());
        count++;
      }
      waiting.clear();
    }

    private double checked(double loss) {
      if (Double.isFinite(loss)) {
        return loss;
      }
      throw new UserError(
          "training the "
              + recipe.name()
              + " network: the loss is "
              + loss
              + " in epoch "
              + (epoch + 1)
              + " at a learning rate of "
              + rate
              + ": it must stay a number; take rate("
              + recipe.learningRate() / 10
              + ")");
    }
  }

  private String note(Checkpoint before, int epoch) {
    String place = "epoch " + (epoch + 1) + "/" + recipe.epochs();
    if (before.epochs().isEmpty()) {
      return place;
    }
    Epoch last = before.epochs().get(before.epochs().size() - 1);
    return String.format(
        java.util.Locale.ROOT,
        "%s · loss %.3f · validation Dice %.3f",
        place,
        last.trainingLoss(),
        last.validationDice());
  }

  /**
   * Mean Dice over the validation cases inside the true liver; empty pairs are left out. Of liver
   * and lesion together, the mean of both.
   */
  private double validate(Network network) {
    return recipe.heads().stream()
        .mapToDouble(head -> validate(network, head.structure()))
        .average()
        .orElseThrow();
  }

  private double validate(Network network, Structure structure) {
    return validation.stream()
        .mapToDouble(
            c -> {
              byte[] gate = Gates.ofTraining(c, structure);
              byte[] mask =
                  TilePredictor.predict(
                      network,
                      recipe,
                      structure,
                      c,
                      gate,
                      Tiles.DEFAULT,
                      TilePredictor.Watcher.NONE);
              return Confusion.of(mask, c.truth(structure)).dice();
            })
        .filter(d -> !Double.isNaN(d))
        .average()
        .orElse(Double.NaN);
  }

  /**
   * Prepares the next batches on other threads while the engine computes: one thread beside a
   * processor, which it would only slow down, and several for a card.
   */
  private final class Ahead implements AutoCloseable {
    private final int threads =
        place.device().gpu()
            ? Math.max(1, Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors() - 1))
            : 1;

    private final ExecutorService pool =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              var t = new Thread(task, "maskmine-batches");
              t.setDaemon(true);
              return t;
            });

    private final int steps = sampler.stepsPerEpoch();
    private final int end = recipe.epochs() * steps;
    private final Deque<Future<Batch>> begun = new ArrayDeque<>();
    private int position = -1;
    private long waitedNanos;

    /** How long the engine has waited for batches so far. */
    double waitedSeconds() {
      return waitedNanos / 1e9;
    }

    /** The batch at a position among all steps of all epochs; those after it are begun. */
    Batch take(int wanted) {
      if (position != wanted) {
        begun.clear();
        position = wanted;
      }
      while (begun.size() <= threads && position + begun.size() < end) {
        int at = position + begun.size();
        begun.add(pool.submit(() -> sampler.batch(at / steps, at % steps)));
      }
      position++;
      return wait(begun.remove());
    }

    private Batch wait(Future<Batch> batch) {
      long asked = System.nanoTime();
      try {
        Batch ready = batch.get();
        waitedNanos += System.nanoTime() - asked;
        return ready;
      } catch (ExecutionException e) {
        throw Worker.rethrown(e.getCause());
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() {
      pool.shutdownNow();
    }
  }
}
