package org.maskmine.training;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maskmine.Progress;
import org.maskmine.UserError;
import org.maskmine.Worker;
import org.maskmine.data.Case;
import org.maskmine.data.Dataset;
import org.maskmine.data.Part;
import org.maskmine.data.PreparedCase;
import org.maskmine.data.SplitFile;
import org.maskmine.data.Structure;
import org.maskmine.engine.Engines;
import org.maskmine.network.InitialWeights;
import org.maskmine.network.Weights;

/** Trains the stages of a recipe one after the other, on disk from the first epoch on. */
public final class Trainer {
  /** The version that provenance names. */
  public static final String VERSION = "0.1.0";

  private final Dataset data;
  private final RunStore store;

  /** A trainer on one data set; runs go into the store. */
  public Trainer(Dataset data, RunStore store) {
    this.data = data;
    this.store = store;
  }

  /**
   * Trains a base run from initial weights. The same recipe on the same data returns the stored
   * run; one that was left unfinished goes on from its last epoch.
   *
   * @throws org.maskmine.UserError where the data or the engine cannot do what the recipe asks
   * @throws java.util.concurrent.CancellationException where the user stopped it; what was trained
   *     stays in the store
   */
  public StoredRun train(Recipe recipe, Progress progress) {
    checkLabelled(Part.TRAINING);
    checkLabelled(Part.VALIDATION);
    Map<Structure, StageStart> starts = new EnumMap<>(Structure.class);
    for (StageRecipe stage : recipe.stages()) {
      long seed = RandomStream.of(recipe.seed(), "init " + stage.name()).nextLong();
      starts.put(
          stage.structure(),
          new StageStart(
              InitialWeights.heNormal(stage.graph(), seed), Trainer::truthClasses, null, true));
    }
    return train("base", null, recipe, starts, progress);
  }

  private void checkLabelled(Part part) {
    if (data.of(part).stream().allMatch(c -> c.facts().labels() == null)) {
      throw new UserError(
          data.name()
              + ": has no labelled "
              + part.label()
              + " case: training and validation need one each; load at least two labelled cases");
    }
  }

  /** Membership of the two base classes: bit 0 background, bit 1 foreground. */
  public static byte[] truthClasses(PreparedCase prepared, Structure structure) {
    byte[] truth = prepared.truth(structure);
    byte[] membership = new byte[truth.length];
    for (int i = 0; i < truth.length; i++) {
      membership[i] = (byte) (1 << truth[i]);
    }
    return membership;
  }

  /**
   * Trains a run of any kind from given starts.
   *
   * @param kind first part of the run's id
   * @param parent the run it goes on from
   */
  public StoredRun train(
      String kind,
      @Nullable StoredRun parent,
      Recipe wanted,
      Map<Structure, StageStart> starts,
      Progress progress) {
    Engines.Choice place =
        parent == null
            ? Engines.choose(wanted.engine(), wanted.device())
            : Engines.again(wanted.engine(), wanted.device());
    Recipe recipe = wanted.at(place);
    String id = id(kind, parent, recipe);
    StoredRun run =
        store
            .resumable(id)
            .map(left -> left.recipe(recipe))
            .orElseGet(() -> begin(id, kind, parent, recipe, place.reason()));
    return run.info().finished()
        ? run
        : Worker.run(progress, guarded -> train(run, parent, place, starts, guarded));
  }

  /**
   * The finished run that {@link #train(String, StoredRun, Recipe, Map, Progress)} would return at
   * once, if the store has it.
   */
  public Optional<StoredRun> finished(String kind, StoredRun parent, Recipe wanted) {
    Recipe recipe = wanted.at(Engines.again(wanted.engine(), wanted.device()));
    return store.find(id(kind, parent, recipe)).filter(run -> run.info().finished());
  }

  private String id(String kind, @Nullable StoredRun parent, Recipe recipe) {
    String all =
        String.join(
            "\n",
            VERSION,
            kind,
            parent == null ? "" : parent.id(),
            data.fingerprint(),
            Json.text(recipe));
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
      return kind + "-" + HexFormat.of().formatHex(hash, 0, 3);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private StoredRun begin(
      String id, String kind, @Nullable StoredRun parent, Recipe recipe, String engine) {
    var split = data.split();
    var info =
        new RunInfo(
            id,
            kind,
            parent == null ? null : parent.id(),
            recipe,
            new RunInfo.DataInfo(
                data.source(),
                data.fingerprint(),
                split.training().size(),
                split.validation().size(),
                split.test().size()),
            new RunInfo.Made(
                VERSION,
                engine,
                Runtime.version().toString(),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString()),
            false,
            0);
    var run = new StoredRun(store.folder(id), info);
    run.write();
    SplitFile.write(run.folder(), split);
    return run;
  }

  private StoredRun train(
      StoredRun run,
      @Nullable StoredRun parent,
      Engines.Choice place,
      Map<Structure, StageStart> starts,
      Progress progress) {
    long started = System.nanoTime();
    List<PreparedCase> training = prepare(run, Part.TRAINING, progress);
    List<PreparedCase> validation = prepare(run, Part.VALIDATION, progress);
    for (StageRecipe stage : run.recipe().stages()) {
      StageStart start = starts.get(stage.structure());
      if (start == null || Files.exists(run.kept(stage.structure()))) {
        continue;
      }
      if (start.trained()) {
        SliceSampler sampler = sampler(run, stage, start, training);
        Weights weights = parent == null ? initial(run, stage, start) : start.weights();
        new StageTrainer(run, stage, place, sampler, validation, progress).train(weights);
      } else if (parent != null) {
        WeightFiles.write(run.kept(stage.structure()), parent.weights(stage.structure()), Map.of());
      }
    }
    run.write(Scorer.score(run, data, progress));
    var finished =
        new StoredRun(run.folder(), run.info().finished((System.nanoTime() - started) / 1e9));
    finished.write();
    return finished;
  }

  private SliceSampler sampler(
      StoredRun run, StageRecipe stage, StageStart start, List<PreparedCase> cases) {
    Map<Structure, List<ByteBuffer>> memberships = new EnumMap<>(Structure.class);
    for (Head head : stage.heads()) {
      memberships.put(
          head.structure(),
          cases.stream()
              .map(c -> store.cache().keep(start.membership().apply(c, head.structure())))
              .toList());
    }
    var errors = start.errors();
    List<ErrorSlices> slices =
        errors == null
            ? List.of()
            : cases.stream()
                .map(c -> new ErrorSlices(c.geometry(), errors.apply(c, stage.structure())))
                .toList();
    return new SliceSampler(stage, run.recipe().seed(), cases, memberships, slices);
  }

  /** The lesion network's own random weights, or where the recipe says so the trained liver's. */
  private static Weights initial(StoredRun run, StageRecipe stage, StageStart start) {
    boolean second = stage.structure() == Structure.LESION && run.recipe().stages().size() > 1;
    return run.recipe().lesionFromLiver() && second
        ? LiverWeights.forLesions(run, start.weights())
        : start.weights();
  }

  private List<PreparedCase> prepare(StoredRun run, Part part, Progress progress) {
    Recipe recipe = run.recipe();
    List<Case> cases = data.of(part).stream().filter(Case::isLabelled).toList();
    List<PreparedCase> prepared = new ArrayList<>();
    for (Case c : cases) {
      progress.report(
          "preparing the " + part.label() + " cases", prepared.size(), cases.size(), c.id());
      prepared.add(store.cache().open(c, recipe.window(), recipe.dimensions()));
    }
    return prepared;
  }
}
