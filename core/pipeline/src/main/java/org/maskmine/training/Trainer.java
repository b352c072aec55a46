package org.maskmine.training;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.maskmine.Build;
import org.maskmine.Digest;
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
  /** Changes when the same recipe gives another network, so that old runs are not taken for new. */
  private static final String RESULTS = "2";

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
    return train("base", null, recipe, () -> starts(recipe), progress);
  }

  private static Map<Structure, StageStart> starts(Recipe recipe) {
    Map<Structure, StageStart> starts = new EnumMap<>(Structure.class);
    for (StageRecipe stage : recipe.stages()) {
      long seed = RandomStream.of(recipe.seed(), "init " + stage.name()).nextLong();
      starts.put(
          stage.structure(),
          new StageStart(
              InitialWeights.heNormal(stage.graph(), seed), Trainer::truthClasses, null, true));
    }
    return starts;
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
   * @param starts of the stages that are trained; asked for where anything is trained
   */
  public StoredRun train(
      String kind,
      @Nullable StoredRun parent,
      Recipe wanted,
      Supplier<Map<Structure, StageStart>> starts,
      Progress progress) {
    Engines.Choice place =
        parent == null
            ? Engines.choose(wanted.engine(), wanted.device())
            : Engines.again(wanted.engine(), wanted.device());
    Recipe recipe = wanted.at(place);
    String digest = digest(kind, parent, recipe);
    String id = store.place(kind, digest);
    Optional<StoredRun> finished = store.finished(id);
    if (finished.isPresent()) {
      return finished.get().recipe(recipe);
    }
    MemoryNeed.check(recipe);
    Map<Structure, StageStart> from = starts.get();
    var described = info(id, digest, kind, parent, recipe, place.reason());
    return Worker.run(
        progress,
        guarded -> {
          try (RunLock lock = store.lock(id)) {
            StoredRun run = store.resumable(id).orElseGet(() -> begin(described)).recipe(recipe);
            return run.info().finished() ? run : timed(run, parent, place, from, guarded);
          }
        });
  }

  /**
   * The finished run that {@link #train(String, StoredRun, Recipe, Supplier, Progress)} would
   * return at once, if the store has it.
   */
  public Optional<StoredRun> finished(String kind, StoredRun parent, Recipe wanted) {
    Recipe recipe = wanted.at(Engines.again(wanted.engine(), wanted.device()));
    return store.finished(store.place(kind, digest(kind, parent, recipe)));
  }

  /** Everything that decides what comes out; two runs of one digest are one. */
  private String digest(String kind, @Nullable StoredRun parent, Recipe recipe) {
    String from =
        parent == null ? "" : Objects.requireNonNullElse(parent.info().digest(), parent.id());
    String wanted = Json.text(recipe.onAnyCard());
    return Digest.of(String.join("\n", RESULTS, kind, from, data.fingerprint(), wanted));
  }

  private RunInfo info(
      String id,
      String digest,
      String kind,
      @Nullable StoredRun parent,
      Recipe recipe,
      String engine) {
    var split = data.split();
    return new RunInfo(
        RunFormat.NOW,
        id,
        digest,
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
            Build.VERSION,
            engine,
            Runtime.version().toString(),
            System.getProperty("os.name") + " " + System.getProperty("os.arch"),
            Instant.now().truncatedTo(ChronoUnit.SECONDS).toString()),
        false,
        0);
  }

  private StoredRun begin(RunInfo info) {
    var run = new StoredRun(store.folder(info.id()), info);
    run.write();
    SplitFile.write(run.folder(), data.split());
    return run;
  }

  /** Trains, and writes down how long this session and those before it took, also where it ends. */
  private StoredRun timed(
      StoredRun left,
      @Nullable StoredRun parent,
      Engines.Choice place,
      Map<Structure, StageStart> starts,
      Progress progress) {
    double before = Math.max(left.info().seconds(), left.secondsOfEpochs());
    long started = System.nanoTime();
    try {
      train(left, parent, place, starts, progress);
    } catch (RuntimeException | Error e) {
      try {
        left.requireThere();
        left.seconds(before + since(started)).write();
      } catch (UserError alsoNot) {
        e.addSuppressed(alsoNot);
      }
      throw e;
    }
    StoredRun finished = left.seconds(before + since(started)).asFinished();
    finished.write();
    return finished;
  }

  private static double since(long nanoTime) {
    return (System.nanoTime() - nanoTime) / 1e9;
  }

  private void train(
      StoredRun run,
      @Nullable StoredRun parent,
      Engines.Choice place,
      Map<Structure, StageStart> starts,
      Progress progress) {
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
        train(new StageTrainer(run, stage, place, sampler, validation, progress), stage, weights);
      } else if (parent != null) {
        run.write(run.kept(stage.structure()), parent.weights(stage.structure()));
      }
    }
    run.write(Scorer.score(run, formerLiver(run), data, progress));
  }

  private static void train(StageTrainer trainer, StageRecipe stage, Weights start) {
    try {
      trainer.train(start);
    } catch (UserError e) {
      throw e;
    } catch (RuntimeException | OutOfMemoryError e) {
      if (MemoryNeed.isLacking(e)) {
        throw MemoryNeed.exhausted(stage, e);
      }
      throw e;
    }
  }

  /**
   * The base run of a cascade whose liver network was retrained since: lesions are shown inside its
   * liver as well (PAPER section 1).
   */
  private @Nullable StoredRun formerLiver(StoredRun run) {
    boolean cascade = run.recipe().structures().containsAll(List.of(Structure.values()));
    StoredRun base = cascade ? store.origin(run).orElse(null) : null;
    return base == null || base.weights(Structure.LIVER).sameAs(run.weights(Structure.LIVER))
        ? null
        : base;
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
