package org.maskmine.dsl;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.maskmine.UserError;
import org.maskmine.data.Structure;
import org.maskmine.dsl.figure.Chart;
import org.maskmine.dsl.view.Given;
import org.maskmine.dsl.view.Sheet;
import org.maskmine.dsl.view.View;
import org.maskmine.dsl.view.Viewable;
import org.maskmine.dsl.view.Views;
import org.maskmine.study.StudyPlan;
import org.maskmine.study.StudyPlan.Base;
import org.maskmine.study.StudyPlan.Retrain;
import org.maskmine.training.Recipe;
import org.maskmine.training.StageRecipe;

/**
 * Every pipeline from every seed, retrained with every loss; trained when a result is first asked
 * for. Its runs lie in the store: the same study again finds the finished ones and goes on with the
 * others, after a kill as well.
 */
public final class Study implements Viewable {
  private final StudyRuns runs;
  private final List<ChallengeScore> entered;

  /**
   * A score that the challenge's server gave.
   *
   * @param pipeline as it is written in a cell: {@code cascade2d()}
   * @param kind of the run: {@code base}, {@code dice()}
   * @param dice in [0, 1]
   */
  record ChallengeScore(String pipeline, String kind, Structure structure, double dice) {}

  private Study(StudyRuns runs, List<ChallengeScore> entered) {
    this.runs = runs;
    this.entered = List.copyOf(entered);
  }

  static Study of(Data data, StudyOption... options) {
    List<Pipeline> pipelines = needed(options, Pipelines.class, "pipelines(cascade2d())").all();
    List<RetrainLoss> losses =
        needed(options, Losses.class, "losses(control(), dice(), pwce())").all();
    List<Long> seeds = needed(options, Seeds.class, "seeds(1, 2, 3)").all();
    List<Base> bases = new ArrayList<>();
    for (long seed : seeds) {
      for (Pipeline pipeline : pipelines) {
        bases.add(base(data, pipeline, seed, losses, options));
      }
    }
    var plan = StudyPlan.of(data.dataset(), Home.folder(), bases);
    return new Study(new StudyRuns(data, plan, null), List.of());
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

  private static Base base(
      Data data, Pipeline pipeline, long seed, List<RetrainLoss> losses, StudyOption[] options) {
    Recipe recipe = Maskmine.wanted(data.dataset(), trainOptions(pipeline, seed, options));
    List<Retrain> retrainings = new ArrayList<>();
    for (RetrainLoss loss : losses) {
      RetrainOption[] wanted = retrainOptions(loss, options);
      retrainings.add(
          new Retrain(
              loss.toString(),
              Maskmine.planned(loss, recipe.preset(), wanted),
              Maskmine.rounds(wanted),
              Given.one(wanted, Again.class).isPresent()));
    }
    return new Base(pipeline + ", seed " + seed, recipe, retrainings);
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

  /**
   * The same study on a cluster: each of its runs is a task there, and lands in the run store that
   * all workers share. Data and {@code MASKMINE_HOME} must lie under paths that every worker sees.
   *
   * @param cluster such as {@code spark("local[2]")}
   * @throws UserError where there is none
   */
  public Study on(Spark cluster) {
    Given.needed(cluster, "on(cluster)", "try on(spark(\"local[2]\"))");
    return new Study(new StudyRuns(runs.data(), runs.plan(), cluster), entered);
  }

  /**
   * Writes the study, recipes and paths without data, as a file for {@code spark-submit}.
   *
   * @param file such as {@code "study.json"}
   * @return the file
   * @throws UserError where it cannot be written, or a loss is code of this notebook
   */
  public Path save(String file) {
    Path path =
        Path.of(Given.needed(file, "save(file)", "name one: save(\"study.json\")"))
            .toAbsolutePath()
            .normalize();
    runs.plan().write(path);
    return path;
  }

  /** How many epochs a run trained, all its networks together; those taken over do not count. */
  static int epochs(Run run, Run base) {
    return run.stored().recipe().stages().stream()
        .filter(s -> run == base || !s.equals(base.stored().recipe().stage(s.structure())))
        .mapToInt(StageRecipe::epochs)
        .sum();
  }

  /**
   * Every run, base runs before what was made of them; what is not stored is trained now.
   *
   * @throws UserError where data, engine or cluster cannot do what was asked
   * @throws java.util.concurrent.CancellationException where the user stopped it; the same call
   *     goes on
   */
  public List<Run> runs() {
    return runs.get();
  }

  /** All {@link #runs} side by side; seeds of one recipe are one row. */
  public Comparison comparison() {
    return Comparison.of(runs());
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
    return new Table1(runs(), entered, unlabelledTests()).sheet(false);
  }

  /** {@link #table1} with the numbers that the paper prints below those of the same pipeline. */
  public Sheet table1BesidePaper() {
    return new Table1(runs(), entered, unlabelledTests()).sheet(true);
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

  private int unlabelledTests() {
    var dataset = runs.data().dataset();
    return (int)
        dataset.split().test().stream().filter(id -> !dataset.find(id).isLabelled()).count();
  }

  private Study entered(ChallengeScore score) {
    if (!(score.dice() >= 0 && score.dice() <= 1)) {
      throw new UserError(
          "challengeScore " + score.dice() + ": must be a Dice score from 0 to 1, such as 0.629");
    }
    List<ChallengeScore> all = new ArrayList<>(entered);
    all.add(score);
    return new Study(runs, all);
  }

  @Override
  public View view() {
    return Views.stack(table1(), figure4());
  }

  @Override
  public String toString() {
    return "Study(" + runs.plan().runs().size() + " runs)";
  }
}
