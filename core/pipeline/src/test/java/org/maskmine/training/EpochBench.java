package org.maskmine.training;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.maskmine.Progress;
import org.maskmine.data.Dataset;
import org.maskmine.data.Datasets;
import org.maskmine.data.Phantom;
import org.maskmine.data.Structure;

/**
 * Trains the lesion network of the paper's preset for three epochs on large phantoms and says when
 * the last epoch began and ended, for {@code environment/bench gpu}.
 *
 * <p>Arguments: a working folder, {@code cascade2d} or {@code cascade3d}, side, training volumes.
 */
final class EpochBench implements Progress {
  private static final int EPOCHS = 3;
  private final List<Double> epochs = new ArrayList<>();
  private double firstStep;
  private double lastStep;

  private EpochBench() {}

  /** Prints one line of JSON per part of the epoch. */
  public static void main(String[] args) {
    Path folder = Path.of(args[0]);
    Phantom.Options options =
        Phantom.Options.ofSeed(1)
            .cases(Integer.parseInt(args[3]), 4, 1)
            .size(Integer.parseInt(args[2]), 64);
    Dataset data = Datasets.phantom(folder.resolve("data"), options, Progress.NONE);
    Recipe recipe =
        args[1].equals("cascade3d")
            ? Recipes.unet3d(Structure.LESION, Preset.PAPER)
            : Recipes.unet2d(Structure.LESION, Preset.PAPER);
    var bench = new EpochBench();
    StoredRun run =
        new Trainer(data, new RunStore(folder.resolve("runs")))
            .train(recipe.eachStage(s -> s.epochs(EPOCHS)), bench);
    Epoch last = run.curve(Structure.LESION).get(EPOCHS - 1);
    double waited = last.waitingSeconds() / last.seconds();
    bench.print("training steps of an epoch", bench.firstStep, bench.lastStep, waited);
    bench.print(
        "epoch with validation",
        bench.epochs.get(EPOCHS - 2),
        bench.epochs.get(EPOCHS - 1),
        waited);
    System.out.println("# " + run.info().made().engine());
  }

  private void print(String what, double begin, double end, double waited) {
    System.out.printf(
        Locale.ROOT,
        "{\"what\": \"%s\", \"begin\": %.3f, \"end\": %.3f, \"waited\": %.4f}%n",
        what,
        begin,
        end,
        waited);
  }

  @Override
  public synchronized void report(String task, int done, int total, String note) {
    if (task.startsWith("training")) {
      lastStep = now();
      firstStep = epochs.size() == EPOCHS - 1 && firstStep == 0 ? lastStep : firstStep;
    }
  }

  @Override
  public synchronized void epoch(String stage, int epoch, double loss, double dice) {
    epochs.add(now());
  }

  private static double now() {
    return System.currentTimeMillis() / 1e3;
  }
}
