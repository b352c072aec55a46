package org.maskmine.dsl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.maskmine.Progress;
import org.maskmine.data.Dataset;
import org.maskmine.data.Datasets;
import org.maskmine.data.Structure;
import org.maskmine.mining.MinedErrors;
import org.maskmine.mining.Miner;
import org.maskmine.mining.Retrainer;
import org.maskmine.mining.Retraining;
import org.maskmine.mining.Retraining.Course;
import org.maskmine.mining.Retraining.Kind;
import org.maskmine.training.Preset;
import org.maskmine.training.Recipe;
import org.maskmine.training.Recipes;
import org.maskmine.training.RunStore;
import org.maskmine.training.StoredRun;
import org.maskmine.training.Trainer;

/**
 * Measures the paper's effect on the phantom: for every seed volumes of its own, a base run, and
 * its control, dice and pwce retrainings of the lesion network (in the combined network, of both
 * heads), with the settings that a notebook takes. Every seed is a process of its own on one thread
 * with a folder of its own, so that neither its neighbours nor the machine's cores change its
 * figures. Prints the tables of docs/explanation.md and a verdict on each claim of the paper.
 * Started again, it finds its finished runs and goes on.
 *
 * <p>Arguments: a working folder, the first and the last seed, the pipeline ({@code cascade2d} if
 * left out, {@code cascade3d}, {@code combined2d}), and how many seeds at once (as many as there
 * are cores). {@code MASKMINE_SIZE=tiny} shrinks everything, to try it.
 */
public final class EffectStudy {
  private static final List<Kind> RETRAININGS = List.of(Kind.CONTROL, Kind.DICE, Kind.PWCE);

  /** Says to a process that it is one seed's. */
  private static final String ONE_SEED = "seed";

  private final Path folder;
  private final Recipe recipe;

  private EffectStudy(Path folder, String pipeline) {
    this.folder = folder;
    this.recipe = shrunk(recipe(pipeline));
  }

  private static Recipe recipe(String pipeline) {
    return switch (pipeline) {
      case "cascade2d" -> Recipes.cascade2d(Preset.DEMO);
      case "cascade3d" -> Recipes.cascade3d(Preset.DEMO);
      case "combined2d" -> Recipes.combined2d(Preset.DEMO);
      default -> throw new IllegalArgumentException("no pipeline " + pipeline);
    };
  }

  private static Recipe shrunk(Recipe recipe) {
    return recipe.eachStage(s -> s.epochs(Size.current().epochs(s.epochs())));
  }

  /** Runs the study, or one seed of it. */
  public static void main(String[] args) throws Exception {
    if (args[0].equals(ONE_SEED)) {
      endWithParent();
      new EffectStudy(Path.of(args[1]), args[3]).train(Long.parseLong(args[2]));
      System.exit(0);
    }
    Path folder = Path.of(args[0]);
    List<Long> seeds =
        LongStream.rangeClosed(Long.parseLong(args[1]), Long.parseLong(args[2])).boxed().toList();
    String pipeline = args.length > 3 ? args[3] : "cascade2d";
    int atOnce =
        args.length > 4 ? Integer.parseInt(args[4]) : Runtime.getRuntime().availableProcessors();
    trainAll(folder, seeds, pipeline, atOnce);
    var study = new EffectStudy(folder, pipeline);
    List<EffectReport.Seed> finished = seeds.stream().map(study::finished).toList();
    System.out.println(new EffectReport(finished).text());
    System.out.print(EffectCurves.head());
    finished.forEach(s -> System.out.print(EffectCurves.row(s, study.data(s.number()))));
    System.exit(0);
  }

  /** A seed whose study was ended must not go on alone. */
  private static void endWithParent() {
    var watch =
        new Thread(
            () -> {
              try {
                while (System.in.read() >= 0) {
                  Thread.onSpinWait();
                }
              } catch (IOException e) {
                System.err.println("the study is gone: " + e.getMessage());
              }
              Runtime.getRuntime().halt(1);
            });
    watch.setDaemon(true);
    watch.start();
  }

  private static void trainAll(Path folder, List<Long> seeds, String pipeline, int atOnce)
      throws InterruptedException {
    var threads = Executors.newFixedThreadPool(Math.min(atOnce, seeds.size()));
    List<Callable<Integer>> processes = new ArrayList<>();
    for (long seed : seeds) {
      processes.add(() -> process(folder, seed, pipeline));
    }
    List<Future<Integer>> ends = threads.invokeAll(processes);
    threads.shutdown();
    for (int i = 0; i < ends.size(); i++) {
      try {
        int status = ends.get(i).get();
        if (status != 0) {
          throw new IllegalStateException("ended with status " + status);
        }
      } catch (ExecutionException | IllegalStateException e) {
        System.err.println("seed " + seeds.get(i) + ": " + e + "; see its log in " + folder);
        System.exit(1);
      }
    }
  }

  private static int process(Path folder, long seed, String pipeline)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    var builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:ActiveProcessorCount=1",
            "-Xmx2g",
            "-cp",
            System.getProperty("java.class.path"),
            EffectStudy.class.getName(),
            ONE_SEED,
            folder.toString(),
            Long.toString(seed),
            pipeline);
    builder.environment().put("OMP_NUM_THREADS", "1");
    builder.environment().put("OMP_WAIT_POLICY", "PASSIVE");
    var log = folder.resolve(pipeline + "-" + seed + ".log").toFile();
    builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log));
    Process process = builder.start();
    try {
      return process.waitFor();
    } finally {
      process.destroy();
    }
  }

  private void train(long seed) {
    Dataset data = data(seed);
    RunStore store = store(seed);
    StoredRun base = told(new Trainer(data, store).train(recipe.seed(seed), Progress.NONE));
    MinedErrors errors = Miner.mine(base, data, store, Progress.NONE);
    for (Kind kind : RETRAININGS) {
      told(Retrainer.retrain(errors, retraining(kind), Progress.NONE));
    }
  }

  private static StoredRun told(StoredRun run) {
    System.out.printf("%s finished, %.0f s%n", run.id(), run.info().seconds());
    return run;
  }

  private Dataset data(long seed) {
    return Datasets.phantom(of(seed), Size.current().phantom(seed), Progress.NONE);
  }

  private RunStore store(long seed) {
    return new RunStore(of(seed).resolve("runs"));
  }

  private Path of(long seed) {
    return folder.resolve("seed-" + seed);
  }

  private Retraining retraining(Kind kind) {
    Retraining shrunk =
        Retraining.of(kind, recipe.preset())
            .eachCourse(c -> new Course(Size.current().epochs(c.epochs()), c.learningRate()));
    return recipe.stages().size() == 1 ? shrunk : shrunk.only(Structure.LESION);
  }

  private EffectReport.Seed finished(long seed) {
    StoredRun base = new Trainer(data(seed), store(seed)).train(recipe.seed(seed), Progress.NONE);
    Map<String, StoredRun> runs = new HashMap<>(Map.of("base", base));
    RETRAININGS.forEach(kind -> runs.put(kind.label(), retrained(seed, base, kind)));
    return new EffectReport.Seed(seed, runs);
  }

  private StoredRun retrained(long seed, StoredRun base, Kind kind) {
    return store(seed).runs().stream()
        .filter(r -> r.info().finished() && base.id().equals(r.info().parent()))
        .filter(r -> r.info().kind().equals(kind.label()))
        .findFirst()
        .orElseThrow();
  }
}
