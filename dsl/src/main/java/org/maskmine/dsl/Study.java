package org.maskmine.dsl;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.maskmine.UserError;
import org.maskmine.data.Structure;
import org.maskmine.dsl.figure.Chart;
import org.maskmine.dsl.view.Given;
import org.maskmine.dsl.view.Sheet;
import org.maskmine.dsl.view.View;
import org.maskmine.dsl.view.Viewable;
import org.maskmine.dsl.view.Views;
import org.maskmine.mining.Retrainer;
import org.maskmine.mining.Retraining;
import org.maskmine.training.StageRecipe;

/**
 * Every pipeline from every seed, retrained with every loss. Its runs lie in the store: the same
 * study again finds the finished ones and goes on with the others, after a kill as well.
 */
public final class Study implements Viewable {
  private final List<Run> runs;
  private final List<ChallengeScore> entered;
  private final int unlabelledTests;

  /**
   * A score that the challenge's server gave.
   *
   * @param pipeline as it is written in a cell: {@code cascade2d()}
   * @param kind of the run: {@code base}, {@code dice()}
   * @param dice in [0, 1]
   */
  record ChallengeScore(String pipeline, String kind, Structure structure, double dice) {}

  private Study(List<Run> runs, List<ChallengeScore> entered, int unlabelledTests) {
    this.runs = List.copyOf(runs);
    this.entered = List.copyOf(entered);
    this.unlabelledTests = unlabelledTests;
  }

  static Study of(Data data, StudyOption... options) {
    List<Pipeline> pipelines = needed(options, Pipelines.class, "pipelines(cascade2d())").all();
    List<RetrainLoss> losses =
        needed(options, Losses.class, "losses(control(), dice(), pwce())").all();
    List<Long> seeds = needed(options, Seeds.class, "seeds(1, 2, 3)").all();
    List<Run> runs = new ArrayList<>();
    int total = pipelines.size() * seeds.size() * (1 + losses.size());
    try (var screen = new StudyScreen(total)) {
      for (long seed : seeds) {
        for (Pipeline pipeline : pipelines) {
          runs.addAll(one(data, pipeline, seed, losses, options, screen));
        }
      }
    }
    var dataset = data.dataset();
    long unlabelled =
        dataset.split().test().stream().filter(id -> dataset.find(id).labels().isEmpty()).count();
    return new Study(runs, List.of(), (int) unlabelled);
  }

  private static <T extends StudyOption> T needed(
      StudyOption[] options, Class<T> kind, String example) {
    return Given.one(options, kind)
        .orElseThrow(
            () ->
                new UserError(
                    "study(data, …): no "
                        + example.substring(0, example.indexOf('('))
                        + " given; add "
                        + example));
  }

  /** A base run and its retrainings. */
  private static List<Run> one(
      Data data,
      Pipeline pipeline,
      long seed,
      List<RetrainLoss> losses,
      StudyOption[] options,
      StudyScreen screen) {
    String what = pipeline + ", seed " + seed;
    screen.begin("training " + what);
    Run base = timed(screen, () -> Maskmine.train(data, trainOptions(pipeline, seed, options)));
    List<Run> runs = new ArrayList<>(List.of(base));
    Optional<Errors> errors = Optional.empty();
    for (RetrainLoss loss : losses) {
      screen.begin("retraining " + what + " with " + loss);
      RetrainOption[] wanted = retrainOptions(loss, options);
      Optional<Run> stored = stored(base, loss, wanted);
      if (stored.isPresent()) {
        screen.add(stored.get(), null);
        runs.add(stored.get());
        continue;
      }
      Errors mined = errors.orElseGet(() -> Maskmine.mine(base));
      errors = Optional.of(mined);
      runs.add(timed(screen, () -> Maskmine.retrain(mined, wanted)));
    }
    return runs;
  }

  private static Run timed(StudyScreen screen, java.util.function.Supplier<Run> verb) {
    long begun = System.nanoTime();
    Run run = verb.get();
    double seconds = (System.nanoTime() - begun) / 1e9;
    // what took a tenth of its own training was not trained now
    screen.add(run, seconds < 0.1 * run.stored().info().seconds() ? null : seconds);
    return run;
  }

  private static TrainOption[] trainOptions(Pipeline pipeline, long seed, StudyOption[] options) {
    List<TrainOption> all = new ArrayList<>(List.of(pipeline, new Seed(seed)));
    Given.one(options, PresetOption.class).ifPresent(all::add);
    Given.one(options, Epochs.class).ifPresent(all::add);
    Given.one(options, EngineOption.class).ifPresent(all::add);
    Given.one(options, DeviceOption.class).ifPresent(all::add);
    return all.toArray(TrainOption[]::new);
  }

  private static RetrainOption[] retrainOptions(RetrainLoss loss, StudyOption[] options) {
    List<RetrainOption> all = new ArrayList<>(List.of(loss));
    Given.one(options, RetrainingOptions.class).ifPresent(given -> all.addAll(given.all()));
    Given.one(options, Only.class).ifPresent(all::add);
    return all.toArray(RetrainOption[]::new);
  }

  /** A finished retraining in the store, which spares mining the errors again. */
  private static Optional<Run> stored(Run base, RetrainLoss loss, RetrainOption[] options) {
    if (Given.one(options, Again.class).isPresent()) {
      return Optional.empty();
    }
    Retraining wanted = Maskmine.planned(loss, base.stored(), options);
    return Retrainer.stored(
            base.stored(), base.dataset(), Home.runs(), wanted, Maskmine.rounds(options))
        .map(r -> new Run(r, base.dataset(), true));
  }

  /** How many epochs a run trained, all its networks together; those taken over do not count. */
  static int epochs(Run run, Run base) {
    return run.stored().recipe().stages().stream()
        .filter(s -> run == base || !s.equals(base.stored().recipe().stage(s.structure())))
        .mapToInt(StageRecipe::epochs)
        .sum();
  }

  /** Every run, base runs before what was made of them. */
  public List<Run> runs() {
    return runs;
  }

  /** All runs side by side; seeds of one recipe are one row. */
  public Comparison comparison() {
    return Comparison.of(runs);
  }

  /** Fig. 4: lesion voxels on the validation set, for each pipeline, means over the seeds. */
  public Chart figure4() {
    return comparison().figure4();
  }

  /**
   * The paper's Table 1: Dice in percent, mean ± sample standard deviation over the seeds, of each
   * pipeline before and after retraining with dice, or with the study's first loss.
   */
  public Sheet table1() {
    return new Table1(runs, entered, unlabelledTests).sheet(false);
  }

  /** {@link #table1} with the numbers that the paper prints below those of the same pipeline. */
  public Sheet table1BesidePaper() {
    return new Table1(runs, entered, unlabelledTests).sheet(true);
  }

  /**
   * This study with a test score from the challenge's server, which Table 1 marks as such.
   *
   * @param dice mean Dice per case, in [0, 1]
   * @throws UserError where the score is no share
   */
  public Study challengeScore(Pipeline pipeline, Structure structure, double dice) {
    return entered(new ChallengeScore(pipeline.toString(), "base", structure, dice));
  }

  /** As {@link #challengeScore(Pipeline, Structure, double)}, of the retrained pipeline. */
  public Study challengeScore(
      Pipeline pipeline, RetrainLoss loss, Structure structure, double dice) {
    return entered(new ChallengeScore(pipeline.toString(), loss.toString(), structure, dice));
  }

  private Study entered(ChallengeScore score) {
    if (!(score.dice() >= 0 && score.dice() <= 1)) {
      throw new UserError(
          "challengeScore " + score.dice() + ": must be a Dice score from 0 to 1, such as 0.629");
    }
    List<ChallengeScore> all = new ArrayList<>(entered);
    all.add(score);
    return new Study(runs, all, unlabelledTests);
  }

  @Override
  public View view() {
    return Views.stack(table1(), figure4());
  }

  @Override
  public String toString() {
    return "Study(" + runs.size() + " runs)";
  }
}
