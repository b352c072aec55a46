package org.maskmine.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.maskmine.dsl.Maskmine.cascade2d;
import static org.maskmine.dsl.Maskmine.control;
import static org.maskmine.dsl.Maskmine.dice;
import static org.maskmine.dsl.Maskmine.epochs;
import static org.maskmine.dsl.Maskmine.losses;
import static org.maskmine.dsl.Maskmine.only;
import static org.maskmine.dsl.Maskmine.pipelines;
import static org.maskmine.dsl.Maskmine.rate;
import static org.maskmine.dsl.Maskmine.retraining;
import static org.maskmine.dsl.Maskmine.rounds;
import static org.maskmine.dsl.Maskmine.seeds;
import static org.maskmine.dsl.Maskmine.unet2d;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.stream.DoubleStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maskmine.Progress;
import org.maskmine.UserError;
import org.maskmine.data.Datasets;
import org.maskmine.data.Part;
import org.maskmine.data.Phantom;
import org.maskmine.data.Source;
import org.maskmine.data.Structure;
import org.maskmine.dsl.view.RecordedScreen;
import org.maskmine.dsl.view.Screen;
import org.maskmine.scoring.Gate;
import org.maskmine.scoring.Scores;
import org.maskmine.scoring.Summary;

/** A study of two seeds on a phantom of a few cases, with the real engine. */
class StudyTest {
  @TempDir private static Path folder;

  private static Data data;
  private static Study study;

  @BeforeAll
  static void runs_a_study() throws IOException {
    EmptyHome.prepare();
    data = new Data(Datasets.phantom(folder, new Phantom.Options(11, 3, 2, 1), Progress.NONE));
    study = study();
  }

  private static Study study() {
    return Maskmine.study(
        data,
        pipelines(cascade2d()),
        losses(control(), dice()),
        seeds(5, 6),
        epochs(1),
        only(Structure.LESION),
        retraining(epochs(3)));
  }

  @AfterEach
  void prints_again() {
    Screen.install(null);
  }

  @Test
  void seeds_of_one_recipe_are_one_row_of_the_comparison_with_their_spread() {
    var table = study.comparison().table();

    assertThat(table.stringColumn("run").asList()).containsExactly("base", "control", "dice");
    assertThat(table.intColumn("seeds").asList()).containsExactly(2, 2, 2);
    Summary base = scored("base");
    assertThat(table.doubleColumn("validation Dice").getDouble(0))
        .isEqualTo(Math.rint(base.mean() * 1000) / 1000);
    assertThat(table.doubleColumn("± over seeds").getDouble(0))
        .isEqualTo(Math.rint(base.deviation() * 1000) / 1000);
  }

  private static Summary scored(String kind) {
    return Summary.of(
        study.runs().stream()
            .filter(r -> r.stored().info().kind().equals(kind))
            .map(r -> r.stored().scores())
            .map(s -> s.of(Part.VALIDATION, Structure.LESION, Gate.TRUE_LIVER))
            .mapToDouble(Scores::meanDice));
  }

  @Test
  void table_1_has_the_papers_layout_and_says_what_retraining_costs() {
    var sheet = study.table1();

    assertThat(sheet.columns())
        .containsExactly(
            "", "liver", "lesion", "liver", "lesion", "liver", "lesion", "epochs", "time");
    assertThat(sheet.rows()).extracting(r -> r.get(0).text()).containsExactly("2D", "Inc.");
    // one epoch for each of the base run's networks, three for the lesions' again
    assertThat(sheet.rows().get(1).get(7).text()).isEqualTo("+150 %");
    Summary liver =
        Summary.of(
            study.runs().stream()
                .filter(r -> r.stored().info().kind().equals("base"))
                .map(r -> r.stored().scores().of(Part.TRAINING, Structure.LIVER, Gate.NONE))
                .mapToDouble(Scores::meanDice));
    assertThat(sheet.rows().get(0).get(1).text()).isEqualTo(liver.text(100, 1));
  }

  @Test
  void the_papers_own_numbers_stand_beside() {
    var rows = study.table1BesidePaper().rows();

    assertThat(rows)
        .extracting(r -> r.get(0).text())
        .containsExactly("2D", "Inc.", "2D, paper", "Inc., paper");
    assertThat(rows.get(3)).extracting(c -> c.text()).contains("64.9 ± 0.2", "63.5 ± 0.2");
  }

  @Test
  void the_same_study_again_trains_nothing_and_finds_the_same_runs() {
    Study again = study();

    assertThat(again.runs())
        .extracting(r -> r.stored().info())
        .isEqualTo(study.runs().stream().map(r -> r.stored().info()).toList());
  }

  @Test
  void every_retraining_takes_the_studys_options_and_the_last_round_is_found_again() {
    java.util.function.Supplier<Study> twice =
        () ->
            Maskmine.study(
                data,
                pipelines(cascade2d()),
                losses(dice()),
                seeds(5),
                epochs(1),
                only(Structure.LESION),
                retraining(epochs(1), rate(1e-4), rounds(2)));
    Study trained = twice.get();

    var last = trained.runs().get(1).stored();
    var first = Home.runs().run(java.util.Objects.requireNonNull(last.info().parent()));
    assertThat(first.info().parent()).isEqualTo(trained.runs().get(0).id());
    assertThat(last.recipe().stage(Structure.LESION).epochs()).isEqualTo(1);
    assertThat(last.recipe().stage(Structure.LESION).learningRate()).isEqualTo(1e-4);
    assertThat(twice.get().runs().get(1).stored().info()).isEqualTo(last.info());
  }

  @Test
  void a_study_shows_how_far_it_is_and_goes_on_after_an_interrupt() {
    var screen = new RecordedScreen();
    Screen.install(screen);
    screen.interruptAfter = 4;
    ThrowingCallable longer =
        () ->
            Maskmine.study(
                    data,
                    pipelines(cascade2d()),
                    losses(dice()),
                    seeds(5, 7),
                    epochs(1),
                    only(Structure.LESION))
                .runs();
    assertThatThrownBy(longer).isInstanceOf(CancellationException.class);
    assertThat(Screen.current()).isSameAs(screen);
    assertThat(screen.texts.get(0))
        .startsWith("Study: 0 of 4 runs · now training cascade2d(), seed 5");

    screen.interruptAfter = Integer.MAX_VALUE;
    assertThat(org.assertj.core.api.Assertions.catchThrowable(longer)).isNull();
    assertThat(screen.texts.get(screen.texts.size() - 1)).startsWith("Study: 4 of 4 runs");
    assertThat(screen.ids.stream().distinct()).hasSize(2);
  }

  @Test
  void an_unlabelled_test_set_is_a_dash_with_its_reason_until_scores_are_entered()
      throws Exception {
    var phantom = Datasets.phantom(folder, new Phantom.Options(12, 2, 1, 1), Progress.NONE);
    Path bare = Files.createDirectory(folder.resolve("bare"));
    for (int n = 0; n < 4; n++) {
      String to = n == 3 ? "test-volume-0" : "volume-" + n;
      Files.copy(
          Path.of(phantom.source().paths().get(0)).resolve("volume-" + n + ".nii.gz"),
          bare.resolve(to + ".nii.gz"));
      if (n < 3) {
        String labels = "segmentation-" + n + ".nii.gz";
        Files.copy(Path.of(phantom.source().paths().get(0)).resolve(labels), bare.resolve(labels));
      }
    }
    Study bareStudy =
        Maskmine.study(
            new Data(Datasets.open(Source.of(bare), folder.resolve("known"), Progress.NONE)),
            pipelines(cascade2d()),
            losses(dice()),
            seeds(1),
            epochs(1));

    assertThat(bareStudy.table1().rows().get(0).get(6).text()).isEqualTo("–");
    assertThat(bareStudy.table1().notes())
        .contains(
            "– stands where nothing can be scored: 1 test case has no labels; enter what the"
                + " challenge's server says with challengeScore(…).");
    Study entered =
        bareStudy
            .challengeScore(cascade2d(), Structure.LESION, 0.629)
            .challengeScore(cascade2d(), dice(), Structure.LESION, 0.635);
    assertThat(entered.table1().rows())
        .extracting(r -> r.get(6).text())
        .containsExactly("62.9†", "63.5†");
    assertThat(entered.table1().notes())
        .contains("† entered by hand, from the challenge's server.");
  }

  @Test
  void lesions_of_a_network_for_lesions_alone_stand_in_table_1_inside_the_true_liver() {
    Study alone =
        Maskmine.study(
            data,
            pipelines(unet2d(Structure.LESION)),
            losses(dice()),
            seeds(5),
            epochs(1),
            retraining(epochs(1)));
    var base = alone.table1().rows().get(0);
    double dice =
        alone
            .runs()
            .get(0)
            .stored()
            .scores()
            .of(Part.VALIDATION, Structure.LESION, Gate.TRUE_LIVER)
            .meanDice();

    assertThat(base.get(3).text()).isEqualTo("–");
    assertThat(base.get(4).text()).isEqualTo(Summary.of(DoubleStream.of(dice)).text(100, 1));
    assertThat(alone.table1().notes())
        .contains(
            "A network for lesions alone finds no liver: its lesions are scored inside the true"
                + " one.");
  }

  @Test
  void nothing_is_trained_before_a_result_is_asked_for() {
    int before = Home.runs().runs().size();
    Maskmine.study(data, pipelines(cascade2d()), losses(dice()), seeds(77), epochs(1));
    assertThat(Home.runs().runs()).hasSize(before);
  }

  @Test
  void wrong_use_is_answered_in_one_sentence() {
    says(
        () -> Maskmine.study(data, losses(dice()), seeds(1)),
        "study(data, …): no pipelines given; add pipelines(cascade2d())");
    says(
        () -> retraining(dice(), epochs(3)),
        "retraining(dice()): a study names its losses once: losses(dice())");
    says(() -> seeds(1, 1), "seeds(…): needs at least one, each once; try seeds(1, 2, 3)");
    says(
        () -> Maskmine.spark("cluster7"),
        "spark(\"cluster7\"): a master is \"local[2]\" on this machine, \"spark://host:7077\","
            + " \"yarn\" or \"k8s://…\"");
    says(
        () -> Maskmine.spark("local[0]"),
        "spark(\"local[0]\"): a master is \"local[2]\" on this machine, \"spark://host:7077\","
            + " \"yarn\" or \"k8s://…\"");
    says(
        () -> Maskmine.study(data, pipelines(cascade2d(), cascade2d()), losses(dice()), seeds(1)),
        "cascade2d(), seed 1 and cascade2d(), seed 1 are the same: a study needs every pipeline,"
            + " loss and seed once; leave one out");
    says(
        () -> Maskmine.study(data, pipelines(cascade2d()), losses(dice(), dice()), seeds(1)),
        "dice() and dice() are the same: a study needs every pipeline, loss and seed once; leave one"
            + " out");
    says(
        () -> Maskmine.spark("local[2]").set("task.cpus", "4"),
        "set(\"task.cpus\", …): Spark's settings begin with spark., such as spark.task.cpus");
    says(
        () -> study.on(Maskmine.spark("local[2]")).runs(),
        "spark(\"local[2]\"): the module for Apache Spark is not found; start Jupyter with"
            + " environment/lab --spark, or run mvn -DskipTests package in Maskmine's folder and set"
            + " MASKMINE_SPARK to its core/cluster-spark/target");
    says(
        () -> study.challengeScore(cascade2d(), Structure.LESION, 62.9),
        "challengeScore 62.9: must be a Dice score from 0 to 1, such as 0.629");
  }

  private static void says(ThrowingCallable call, String sentence) {
    assertThatThrownBy(call).isInstanceOf(UserError.class).hasMessage(sentence);
  }
}
