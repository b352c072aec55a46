package org.maskmine.mining;

import com.google.gson.Gson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.maskmine.Progress;
import org.maskmine.data.Case;
import org.maskmine.data.Dataset;
import org.maskmine.data.Datasets;
import org.maskmine.data.Part;
import org.maskmine.data.Phantom;
import org.maskmine.data.PreparedCase;
import org.maskmine.data.Structure;
import org.maskmine.mining.Retraining.Kind;
import org.maskmine.training.Epoch;
import org.maskmine.training.Predictor;
import org.maskmine.training.Preset;
import org.maskmine.training.Recipe;
import org.maskmine.training.Recipes;
import org.maskmine.training.RunStore;
import org.maskmine.training.StageRecipe;
import org.maskmine.training.StoredRun;
import org.maskmine.training.Trainer;

/**
 * Measures what mining costs beside plain inference, and a retraining epoch beside one of the base
 * run, in turn in one process, for {@code environment/bench mining}; prints one line of JSON per
 * figure.
 */
public final class MiningBench {
  private static final int ROUNDS = 5;

  private final Dataset data;
  private final RunStore store;
  private final Recipe recipe;
  private final Map<String, List<Double>> seconds = new HashMap<>();

  private MiningBench(Path folder, Phantom.Options options, Recipe recipe) {
    this.data = Datasets.phantom(folder, options, Progress.NONE);
    this.store = new RunStore(folder.resolve("runs"));
    this.recipe = recipe;
  }

  /**
   * Runs one part.
   *
   * @param args {@code costs FOLDER}, or {@code base FOLDER} and a pipeline
   */
  public static void main(String[] args) {
    Path folder = Path.of(args[1]);
    if (args[0].equals("costs")) {
      var few = new Phantom.Options(0, 12, 2, 0);
      new MiningBench(folder, few, Recipes.cascade2d(Preset.DEMO)).costs();
    } else {
      new MiningBench(folder, Phantom.Options.ofSeed(0), recipe(args[2])).base(args[2]);
    }
    System.exit(0);
  }

  private static Recipe recipe(String pipeline) {
    return switch (pipeline) {
      case "cascade2d" -> Recipes.cascade2d(Preset.DEMO);
      case "cascade3d" -> Recipes.cascade3d(Preset.DEMO);
      case "combined2d" -> Recipes.combined2d(Preset.DEMO);
      default -> throw new IllegalArgumentException(pipeline);
    };
  }

  private static void print(String name, double value) {
    System.out.println(new Gson().toJson(Map.of("name", name, "value", value)));
  }

  private void costs() {
    RunStore anew = store.anew();
    Recipe two = recipe.eachStage(s -> s.epochs(2));
    for (int round = 0; round <= ROUNDS; round++) {
      StoredRun base = new Trainer(data, anew).train(two, Progress.NONE);
      note("base", base);
      time("inference", () -> predict(base));
      time("mining", () -> Miner.mine(base, data, store, Progress.NONE));
      MinedErrors errors = Miner.mine(base, data, anew, Progress.NONE);
      for (Kind kind : List.of(Kind.DICE, Kind.PWCE)) {
        var retraining = Retraining.of(kind).epochs(2).only(Structure.LESION);
        note(kind.label(), Retrainer.retrain(errors, retraining, Progress.NONE));
      }
      if (round == 0) {
        seconds.clear();
      }
    }
    seconds.forEach((name, each) -> print(name, median(each)));
  }

  /** The same cases and networks as mining sees, without comparing or writing anything. */
  private void predict(StoredRun run) {
    try (var predictor = Predictor.open(run)) {
      for (Case c : data.of(Part.TRAINING)) {
        PreparedCase prepared = predictor.prepare(c);
        run.recipe().structures().forEach(s -> predictor.asTrained(prepared, s, Progress.NONE));
      }
    }
  }

  private void time(String name, Runnable work) {
    long begun = System.nanoTime();
    work.run();
    add(name, (System.nanoTime() - begun) / 1e9);
  }

  /** The second epoch of the lesion network: in the first, memory is still being asked for. */
  private void note(String name, StoredRun run) {
    add(name, run.curve(Structure.LESION).get(1).seconds());
  }

  private void add(String name, double value) {
    seconds.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return Arrays.stream(sorted, (sorted.length - 1) / 2, sorted.length / 2 + 1)
        .average()
        .orElse(0);
  }

  /** What a whole base run takes: two epochs of each network, and the second one for the rest. */
  private void base(String name) {
    StoredRun run =
        new Trainer(data, store.anew()).train(recipe.eachStage(s -> s.epochs(2)), Progress.NONE);
    double whole = run.info().seconds();
    for (StageRecipe stage : recipe.stages()) {
      Epoch second = run.curve(stage.structure()).get(1);
      whole += (stage.epochs() - 2) * second.seconds();
    }
    print(name, whole);
  }
}
