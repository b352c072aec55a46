package org.maskmine.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.Gson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.maskmine.Build;
import org.maskmine.Progress;
import org.maskmine.data.Case;
import org.maskmine.data.Dataset;
import org.maskmine.data.HuWindow;
import org.maskmine.data.Part;
import org.maskmine.data.PreparedCase;
import org.maskmine.data.Split;
import org.maskmine.data.Structure;
import org.maskmine.data.TinyPhantom;
import org.maskmine.engine.Batch;
import org.maskmine.engine.Device;
import org.maskmine.engine.Engine;
import org.maskmine.engine.Engines;
import org.maskmine.engine.Loss;
import org.maskmine.engine.Network;
import org.maskmine.engine.ReferenceLoss;
import org.maskmine.engine.Target;
import org.maskmine.mining.Dial;
import org.maskmine.mining.ErrorHead;
import org.maskmine.mining.ErrorMask;
import org.maskmine.mining.MinedErrors;
import org.maskmine.mining.Miner;
import org.maskmine.mining.Retrainer;
import org.maskmine.mining.Retraining;
import org.maskmine.mining.Retraining.Kind;
import org.maskmine.network.Weights;
import org.maskmine.scoring.Confusion;
import org.maskmine.scoring.Gate;
import org.maskmine.scoring.Scores;
import org.maskmine.volume.Mask;
import org.maskmine.volume.Nifti;

/** What train, mine and retrain promise on every engine; an engine's test extends it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class PipelineContract {
  private final Dataset data = TinyPhantom.load();

  /** Of this test alone. */
  @TempDir Path folder;

  /** Shared, so that the base run is trained once. */
  private RunStore store;

  /** The engine's name. */
  protected abstract String engine();

  /** A stage at this test's size: a network and patches that train in a moment. */
  protected StageRecipe sized(StageRecipe stage) {
    return stage.network(n -> n.base(4).levels(2)).patches(24, stage.depth() == 1 ? 1 : 4);
  }

  @BeforeAll
  void openTheSharedStore(@TempDir Path shared) {
    store = new RunStore(shared);
  }

  @Test
  void the_same_seed_twice_gives_the_same_weights_bit_for_bit() {
    StoredRun first = train(store);
    StoredRun second = train(new RunStore(folder.resolve("other")));
    assertThat(second.folder()).isNotEqualTo(first.folder());
    assertSameWeights(first, second);
  }

  @Test
  void a_run_writes_down_the_split_that_it_was_trained_on() throws IOException {
    Path written = train(store).folder().resolve("split.json");
    assertThat(new Gson().fromJson(Files.readString(written), Split.class))
        .isEqualTo(data.split())
        .isNotEqualTo(new Split(List.of(), List.of(), List.of()));
  }

  @Test
  void another_seed_gives_other_weights() {
    StoredRun first = train(store);
    StoredRun second = trainer(store).train(recipe().seed(2), Progress.NONE);
    assertThat(values(second, Structure.LESION)).isNotEqualTo(values(first, Structure.LESION));
  }

  @Test
  void the_same_recipe_returns_the_stored_run_at_once() {
    RunStore own = new RunStore(folder);
    StoredRun first = train(own);
    StoredRun second =
        trainer(own)
            .train(
                recipe(),
                (activity, done, total, note) -> {
                  throw new AssertionError("nothing should be trained");
                });
    assertThat(second).isEqualTo(first);
    assertThat(own.runs()).containsExactly(first);
  }

  @Test
  void a_training_that_was_stopped_goes_on_and_ends_bit_equal() {
    StoredRun whole = train(store);
    RunStore own = new RunStore(folder);
    Progress stopInEpochTwo =
        (activity, done, total, note) -> {
          if (activity.contains("lesion") && note.startsWith("epoch 2")) {
            throw new CancellationException("stopped");
          }
        };
    assertThatThrownBy(() -> trainer(own).train(recipe(), stopInEpochTwo))
        .isInstanceOf(CancellationException.class);
    StoredRun left = own.runs().get(0);
    assertThat(left.info().finished()).isFalse();
    assertThat(left.curve(Structure.LESION)).hasSize(1);
    assertSameWeights(train(own), whole);
  }

  @Test
  void the_kept_weights_are_those_of_the_best_validation_epoch() {
    StoredRun run = train(store);
    double best =
        run.curve(Structure.LESION).stream().mapToDouble(Epoch::validationDice).max().orElseThrow();
    double kept = run.scores().of(Part.VALIDATION, Structure.LESION, Gate.TRUE_LIVER).meanDice();
    assertThat(run.recipe().stage(Structure.LESION).keep()).isEqualTo(StageRecipe.Keep.BEST);
    assertThat(kept).isCloseTo(best, within(1e-12));
  }

  /** Every kind of network; the first is trained for all tests. */
  enum Pipeline {
    CASCADE_2D(Recipes.cascade2d(Preset.DEMO)),
    CASCADE_3D(Recipes.cascade3d(Preset.DEMO)),
    COMBINED_2D(Recipes.combined2d(Preset.DEMO)),
    UNET_2D(Recipes.unet2d(Structure.LESION, Preset.DEMO)),
    UNET_3D(Recipes.unet3d(Structure.LIVER, Preset.DEMO));

    private final Recipe recipe;

    Pipeline(Recipe recipe) {
      this.recipe = recipe;
    }
  }

  @ParameterizedTest
  @EnumSource
  void right_after_appending_the_error_head_every_mask_is_the_base_models(Pipeline kind) {
    StoredRun base = train(kind);
    for (ReadOut readOut : EnumSet.complementOf(EnumSet.of(ReadOut.FOREGROUND))) {
      for (StageRecipe stage : base.recipe().stages()) {
        assertThat(assertSameMasks(base, stage, readOut))
            .as("voxels the %s network predicts, so that equality says something", stage.name())
            .isPositive();
      }
    }
  }

  private int assertSameMasks(StoredRun base, StageRecipe stage, ReadOut readOut) {
    Engine engine = Engines.choose(engine(), "cpu").engine();
    Weights weights = base.weights(stage.structure());
    Weights warm = weights;
    StageRecipe withHeads = stage;
    for (Head head : stage.heads()) {
      warm = ErrorHead.warmStart(withHeads.graph(), warm, head.name(), readOut);
      withHeads =
          withHeads.eachHead(
              h -> h.structure() == head.structure() ? h.loss(h.loss(), readOut) : h);
    }
    int foreground = 0;
    var settings = new Engine.Settings(Engine.Precision.FP32, 0, Device.CPU);
    try (Network before = engine.open(stage.graph(), weights, settings);
        Network after = engine.open(withHeads.graph(), warm, settings)) {
      for (Case c : data.cases()) {
        PreparedCase prepared =
            PreparedCase.of(c, new HuWindow(-100, 400), base.recipe().dimensions());
        for (Head head : stage.heads()) {
          byte[] expected = predict(before, stage, head.structure(), prepared);
          byte[] appended = predict(after, withHeads, head.structure(), prepared);
          if (readOut.tpShift() == 0) {
            assertThat(appended).as("%s", readOut).isEqualTo(expected);
          } else {
            assertSameButForATie(
                appended, expected, scores(before, stage, head.structure(), prepared));
          }
          foreground += new Mask(prepared.geometry(), expected).count(1);
        }
      }
    }
    return foreground;
  }

  /**
   * Adding and taking away may round the other way where the base's score is 0 but for rounding.
   */
  private static void assertSameButForATie(byte[] mask, byte[] expected, float[] scores) {
    assertThat(IntStream.range(0, mask.length).filter(i -> mask[i] != expected[i]))
        .hasSizeLessThan(2)
        .allSatisfy(i -> assertThat(scores[i]).isCloseTo(0, within(1e-6f)));
  }

  private static float[] scores(
      Network network, StageRecipe stage, Structure structure, PreparedCase prepared) {
    return TilePredictor.scores(
        network, stage, structure, prepared, Gates.everywhere(prepared), Tiles.DEFAULT);
  }

  private static byte[] predict(
      Network network, StageRecipe stage, Structure structure, PreparedCase prepared) {
    return TilePredictor.predict(
        network,
        stage,
        structure,
        prepared,
        Gates.everywhere(prepared),
        Tiles.DEFAULT,
        TilePredictor.Watcher.NONE);
  }

  @ParameterizedTest
  @EnumSource
  void every_pipeline_is_trained_mined_and_retrained(Pipeline kind) {
    StoredRun base = train(kind);
    MinedErrors errors = Miner.mine(base, data, store, Progress.NONE);
    assertThat(errors.structures()).isEqualTo(base.recipe().structures());
    StoredRun run = Retrainer.retrain(errors, Retraining.of(Kind.DICE).epochs(1), Progress.NONE);
    for (Structure s : base.recipe().structures()) {
      assertThat(run.recipe().stage(s).graph().classes(s.label())).isEqualTo(4);
      assertThat(values(run, s)).isNotEqualTo(values(base, s));
    }
    assertThat(run.scores().cases().stream().filter(c -> c.gate() != Gate.BASE_LIVER))
        .hasSameSizeAs(base.scores().cases());
  }

  /**
   * Group norm computes alike in training and prediction, so that the first loss can be recomputed:
   * from the mined masks by hand, with the reference in double precision.
   */
  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"DICE", "PWCE"})
  void a_retraining_begins_with_its_loss_on_the_mined_classes_read_by_the_warm_head(Kind kind) {
    Recipe exact = recipe(Pipeline.UNET_3D).precision(Engine.Precision.FP32);
    StoredRun base = trainer(store).train(exact, Progress.NONE);
    MinedErrors errors = Miner.mine(base, data, store, Progress.NONE);
    var still = Retraining.of(kind).epochs(1).learningRate(1e-12);
    StoredRun run = Retrainer.retrain(errors, still, Progress.NONE);
    StageRecipe stage = run.recipe().stage(Structure.LIVER);
    List<PreparedCase> cases =
        data.of(Part.TRAINING).stream()
            .map(c -> PreparedCase.of(c, run.recipe().window(), 3))
            .toList();
    List<ByteBuffer> targets =
        cases.stream()
            .map(c -> classes(errors.mask(Structure.LIVER, c.id()).values(), kind))
            .toList();
    var sampler = new SliceSampler(stage, 1, cases, Map.of(Structure.LIVER, targets), List.of());
    Weights warm =
        ErrorHead.warmStart(
            base.recipe().stage(Structure.LIVER).graph(),
            base.weights(Structure.LIVER),
            "liver",
            stage.head(Structure.LIVER).readOut());
    var settings = new Engine.Settings(Engine.Precision.FP32, 0, Device.CPU);
    Loss loss = Objects.requireNonNull(still.loss());
    double sum = 0;
    try (Network network =
        Engines.choose(engine(), "cpu").engine().open(stage.graph(), warm, settings)) {
      for (int step = 0; step < sampler.stepsPerEpoch(); step++) {
        Batch batch = sampler.batch(0, step);
        float[] logits = Objects.requireNonNull(network.predict(batch.images()).get("liver"));
        Target target = Objects.requireNonNull(batch.targets().get("liver"));
        sum += ReferenceLoss.of(loss, doubles(logits), batch.images().count(), target).value();
      }
    }
    assertThat(run.curve(Structure.LIVER).get(0).trainingLoss())
        .isCloseTo(sum / sampler.stepsPerEpoch(), within(1e-4 * Math.max(1, sum)));
  }

  /** TN 0, FP 1, FN 2, TP 3; with Dice a false negative is in channel TP too (PAPER section 1). */
  private static ByteBuffer classes(byte[] errors, Kind kind) {
    byte[] bits = new byte[errors.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = (byte) (kind == Kind.DICE && errors[i] == 2 ? 0b1100 : 1 << errors[i]);
    }
    return ByteBuffer.wrap(bits);
  }

  private static double[] doubles(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }

  @Test
  void a_cascade_whose_liver_was_retrained_shows_its_lesions_inside_the_former_liver_as_well() {
    StoredRun base = train(store);
    MinedErrors errors = Miner.mine(base, data, store, Progress.NONE);
    var dice = Retraining.of(Kind.DICE).epochs(1).learningRate(0.01);
    StoredRun both = Retrainer.retrain(errors, dice, Progress.NONE);
    try (var retrained = Predictor.open(both);
        var former = Predictor.open(base)) {
      for (Part part : Part.values()) {
        var scored = both.scores().of(part, Structure.LESION, Gate.BASE_LIVER).cases();
        assertThat(scored).hasSize(data.of(part).size());
        for (var score : scored) {
          PreparedCase c = retrained.prepare(data.find(score.caseId()));
          Mask lesion = retrained.lesion(c, former.liver(c));
          assertThat(score.confusion())
              .isEqualTo(Confusion.of(lesion.values(), c.truth(Structure.LESION)));
        }
      }
    }
    StoredRun lesionAlone = Retrainer.retrain(errors, dice.only(Structure.LESION), Progress.NONE);
    for (StoredRun sameLiver : List.of(base, lesionAlone)) {
      assertThat(sameLiver.scores().cases()).noneMatch(c -> c.gate() == Gate.BASE_LIVER);
    }
  }

  @Test
  void the_seconds_of_a_training_in_two_sessions_are_those_of_both() {
    RunStore own = new RunStore(folder);
    Progress stop =
        (activity, done, total, note) -> {
          if (activity.contains("lesion") && note.startsWith("epoch 2")) {
            throw new CancellationException("stopped");
          }
        };
    assertThatThrownBy(() -> trainer(own).train(recipe(), stop))
        .isInstanceOf(CancellationException.class);
    StoredRun left = own.runs().get(0);
    double first = left.info().seconds();
    assertThat(first).isGreaterThanOrEqualTo(left.secondsOfEpochs());
    double second = train(own).info().seconds();
    assertThat(second).isGreaterThan(first);
    assertThat(second).isGreaterThanOrEqualTo(own.runs().get(0).secondsOfEpochs());
  }

  @Test
  void a_recipe_whose_id_is_taken_by_another_run_is_trained_under_a_longer_id() {
    RunStore own = new RunStore(folder);
    StoredRun run = train(own);
    String digest = Objects.requireNonNull(run.info().digest());
    // The same six digits, another digest.
    StoredRun other =
        StoredRuns.in(folder.resolve(run.id()), digest.substring(0, 6) + "0".repeat(58));
    StoredRun again = train(own);
    assertThat(again.id()).isEqualTo("base-" + digest.substring(0, 12));
    assertThat(own.run(run.id())).isEqualTo(other);
    assertThat(train(own)).isEqualTo(again);
  }

  @Test
  void a_run_names_the_code_it_was_made_by() {
    assertThat(train(store).info().made().version())
        .isEqualTo(Build.VERSION)
        .matches("0\\.1\\.0, (commit [0-9a-f]{7,}(-dirty)?|built without git)");
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"DICE", "PWCE"})
  void an_option_of_the_retraining_makes_another_run(Kind kind) {
    MinedErrors errors = Miner.mine(train(store), data, store, Progress.NONE);
    var plain = Retraining.of(kind).epochs(1).only(Structure.LESION);
    List<Retraining> variants =
        kind == Kind.DICE
            ? List.of(
                plain.loss(
                    new Loss.SoftDice(
                        Loss.Activation.SOFTMAX, Loss.Reduction.BATCH, Recipe.EPSILON),
                    ReadOut.FN_AND_TP))
            : List.of(plain.weights(4, 1), plain.fresh());
    float[][] of = values(Retrainer.retrain(errors, plain, Progress.NONE), Structure.LESION);
    for (Retraining variant : variants) {
      StoredRun run = Retrainer.retrain(errors, variant, Progress.NONE);
      assertThat(values(run, Structure.LESION)).isNotEqualTo(of);
    }
  }

  @Test
  void a_lesion_network_begins_as_the_trained_liver_network_where_asked() {
    Recipe alike =
        recipe()
            .eachStage(s -> s.epochs(1).learningRate(1e-12).network(n -> n.base(4).levels(2)))
            .withLesionFromLiver();
    StoredRun run = trainer(store).train(alike, Progress.NONE);
    float[] liver = run.weights(Structure.LIVER).get("enc0.conv0.weight").values();
    float[] lesion = run.weights(Structure.LESION).get("enc0.conv0.weight").values();
    for (int i = 0; i < liver.length; i++) {
      assertThat(lesion[i]).isCloseTo(liver[i], within(1e-6f));
    }
    Recipe unlike =
        recipe()
            .eachStage(s -> s.epochs(1).network(n -> n.base(s.segments(Structure.LIVER) ? 2 : 4)))
            .withLesionFromLiver();
    assertThatThrownBy(() -> trainer(store).train(unlike, Progress.NONE))
        .hasMessage(
            "lesionFromLiver(): the lesion network has stem.conv.weight [4, 3, 3, 3], the liver"
                + " network has not: both must be alike; give both the same base and depth");
  }

  @Test
  void training_ends_early_where_validation_stays_without_a_better_score() {
    Recipe patient = recipe().eachStage(s -> s.epochs(40).patience(1));
    StoredRun run = trainer(store).train(patient, Progress.NONE);
    List<Epoch> curve = run.curve(Structure.LESION);
    assertThat(curve).hasSizeBetween(2, 39);
    for (int k = 1; k < curve.size(); k++) {
      boolean better = curve.get(k).validationDice() > curve.get(k - 1).validationDice();
      assertThat(better).isEqualTo(k < curve.size() - 1);
    }
  }

  @Test
  void rounds_mine_their_own_result_and_keep_the_error_head() {
    MinedErrors errors = Miner.mine(train(store), data, store, Progress.NONE);
    var dice = Retraining.of(Kind.DICE).epochs(1).only(Structure.LESION);
    StoredRun third = Retrainer.retrain(errors, dice, 3, Progress.NONE);
    StoredRun second = store.run(java.util.Objects.requireNonNull(third.info().parent()));
    StoredRun first = store.run(java.util.Objects.requireNonNull(second.info().parent()));
    assertThat(first.info().parent()).isEqualTo(train(store).id());
    assertThat(first).isEqualTo(Retrainer.retrain(errors, dice, Progress.NONE));
  }

  @Test
  void the_dial_passes_through_the_runs_own_counts_and_trades_recall_for_precision() {
    StoredRun base = train(store);
    List<Dial.Position> dial =
        Dial.of(base, data, Structure.LESION, Part.VALIDATION, Progress.NONE);
    Scores own = base.scores().of(Part.VALIDATION, Structure.LESION, Gate.TRUE_LIVER);
    assertThat(dial.stream().filter(p -> p.threshold() == 0.5).findFirst().orElseThrow().total())
        .isEqualTo(own.total());
    for (int k = 1; k < dial.size(); k++) {
      assertThat(dial.get(k).total().fn()).isGreaterThanOrEqualTo(dial.get(k - 1).total().fn());
      assertThat(dial.get(k).total().fp()).isLessThanOrEqualTo(dial.get(k - 1).total().fp());
    }
  }

  private StoredRun train(Pipeline kind) {
    return trainer(store).train(recipe(kind), Progress.NONE);
  }

  private Recipe recipe(Pipeline kind) {
    return kind.recipe.seed(1).engine(engine()).eachStage(s -> sized(s).epochs(2));
  }

  @Test
  void mining_that_is_interrupted_says_so_and_is_done_again() {
    StoredRun run = train(store);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> Miner.mine(run, data, store, Progress.NONE))
        .isInstanceOf(CancellationException.class)
        .hasMessage("interrupted while mining errors");
    assertThat(Miner.mine(run, data, store, Progress.NONE).caseIds()).isNotEmpty();
  }

  @Test
  void mining_compares_the_gated_prediction_with_the_truth_and_writes_it_down() {
    StoredRun base = train(store);
    MinedErrors errors = Miner.mine(base, data, store, Progress.NONE);
    assertThat(errors.caseIds()).isEqualTo(data.split().training());
    Scores training = base.scores().of(Part.TRAINING, Structure.LESION, Gate.TRUE_LIVER);
    for (var score : training.cases()) {
      Mask mask = errors.mask(Structure.LESION, score.caseId());
      assertThat(
              new Confusion(
                  mask.count(ErrorMask.TN),
                  mask.count(ErrorMask.FP),
                  mask.count(ErrorMask.FN),
                  mask.count(ErrorMask.TP)))
          .isEqualTo(score.confusion());
      Path written = base.folder().resolve("errors/lesion-" + score.caseId() + ".nii.gz");
      assertThat(Nifti.readMask(written).values()).isEqualTo(mask.values());
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void retraining_starts_from_the_base_and_scores_every_case(Kind kind) {
    StoredRun base = train(store);
    MinedErrors errors = Miner.mine(base, data, store, Progress.NONE);
    var retraining = Retraining.of(kind).epochs(2).only(Structure.LESION);
    StoredRun retrained = Retrainer.retrain(errors, retraining, Progress.NONE);
    assertThat(retrained.id()).startsWith(kind.label() + "-");
    assertThat(retrained.info().parent()).isEqualTo(base.id());
    assertThat(retrained.curve(Structure.LESION)).hasSize(2);
    assertThat(retrained.curve(Structure.LIVER)).isEmpty();
    assertThat(values(retrained, Structure.LIVER)).isEqualTo(values(base, Structure.LIVER));
    assertThat(values(retrained, Structure.LESION)).isNotEqualTo(values(base, Structure.LESION));
    assertThat(retrained.scores().cases()).hasSize(3 * data.cases().size());
  }

  @Test
  void a_second_round_keeps_the_error_head_and_another_loss_is_refused() {
    StoredRun base = train(store);
    var dice = Retraining.of(Kind.DICE).epochs(1).only(Structure.LESION);
    StoredRun first =
        Retrainer.retrain(Miner.mine(base, data, store, Progress.NONE), dice, Progress.NONE);
    MinedErrors again = Miner.mine(first, data, store, Progress.NONE);
    StoredRun second = Retrainer.retrain(again, dice, Progress.NONE);
    assertThat(second.weights(Structure.LESION).arrays().keySet())
        .isEqualTo(first.weights(Structure.LESION).arrays().keySet());
    var pwce = Retraining.of(Kind.PWCE).epochs(1).only(Structure.LESION);
    assertThatThrownBy(() -> Retrainer.retrain(again, pwce, Progress.NONE))
        .hasMessage(
            "the lesion network already has an error head for another loss: a further round uses"
                + " the same loss; mine a base run for this one");
    var control = Retraining.of(Kind.CONTROL).epochs(1).only(Structure.LESION);
    assertThatThrownBy(() -> Retrainer.retrain(again, control, Progress.NONE))
        .hasMessage(
            "control(): run "
                + first.id()
                + " has an error head, but the old loss needs the two classes it replaced; mine "
                + base.id()
                + " instead, and give it as many epochs");
  }

  @Test
  void interrupting_the_caller_stops_training_and_keeps_what_was_trained() throws Exception {
    var caught = new Throwable[1];
    var own = new RunStore(folder);
    var started = new java.util.concurrent.CountDownLatch(1);
    Progress waiting =
        (activity, done, total, note) -> {
          if (note.startsWith("epoch 2")) {
            started.countDown();
            pause();
          }
        };
    var caller =
        new Thread(
            () -> {
              try {
                trainer(own).train(recipe(), waiting);
              } catch (CancellationException e) {
                caught[0] = e;
              }
            });
    caller.start();
    started.await();
    caller.interrupt();
    caller.join(30_000);
    assertThat(caught[0]).hasMessage("interrupted while training the liver network");
    assertThat(own.runs().get(0).curve(Structure.LIVER)).hasSize(1);
  }

  private static void pause() {
    try {
      Thread.sleep(300);
    } catch (InterruptedException e) {
      throw new AssertionError("the training thread itself must not be interrupted", e);
    }
  }

  private Trainer trainer(RunStore into) {
    return new Trainer(data, into);
  }

  private StoredRun train(RunStore into) {
    return trainer(into).train(recipe(), Progress.NONE);
  }

  private Recipe recipe() {
    return Recipe.cascade2d()
        .seed(1)
        .engine(engine())
        .eachStage(s -> sized(s).patches(s.crop(), s.depth()).epochs(3));
  }

  private static float[][] values(StoredRun run, Structure structure) {
    return run.weights(structure).arrays().values().stream()
        .map(Weights.Array::values)
        .toArray(float[][]::new);
  }

  private static void assertSameWeights(StoredRun one, StoredRun other) {
    for (Structure s : Structure.values()) {
      assertThat(other.weights(s).arrays().keySet()).isEqualTo(one.weights(s).arrays().keySet());
      assertThat(values(other, s)).isEqualTo(values(one, s));
    }
  }
}
