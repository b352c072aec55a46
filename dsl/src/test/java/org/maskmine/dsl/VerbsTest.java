package org.maskmine.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.maskmine.dsl.Maskmine.cache;
import static org.maskmine.dsl.Maskmine.cascade2d;
import static org.maskmine.dsl.Maskmine.compare;
import static org.maskmine.dsl.Maskmine.control;
import static org.maskmine.dsl.Maskmine.dice;
import static org.maskmine.dsl.Maskmine.epochs;
import static org.maskmine.dsl.Maskmine.load;
import static org.maskmine.dsl.Maskmine.mine;
import static org.maskmine.dsl.Maskmine.mirrored;
import static org.maskmine.dsl.Maskmine.predict;
import static org.maskmine.dsl.Maskmine.pwce;
import static org.maskmine.dsl.Maskmine.rate;
import static org.maskmine.dsl.Maskmine.retrain;
import static org.maskmine.dsl.Maskmine.run;
import static org.maskmine.dsl.Maskmine.seed;
import static org.maskmine.dsl.Maskmine.tiles;
import static org.maskmine.dsl.Maskmine.train;
import static org.maskmine.dsl.Maskmine.window;
import static org.maskmine.dsl.Maskmine.zScore;

import java.io.IOException;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.imageio.ImageIO;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jfree.chart.plot.CategoryPlot;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maskmine.Progress;
import org.maskmine.UserError;
import org.maskmine.data.Datasets;
import org.maskmine.data.HuWindow;
import org.maskmine.data.Part;
import org.maskmine.data.Phantom;
import org.maskmine.data.Structure;
import org.maskmine.dsl.figure.PictureOption;
import org.maskmine.dsl.view.Screen;
import org.maskmine.dsl.view.View;
import org.maskmine.dsl.view.Viewable;
import org.maskmine.engine.Loss;
import org.maskmine.engine.OwnLoss;
import org.maskmine.scoring.Confusion;
import org.maskmine.scoring.Gate;
import org.maskmine.training.ReadOut;
import org.maskmine.volume.Affine;
import org.maskmine.volume.Geometry;
import org.maskmine.volume.Mask;
import org.maskmine.volume.Nifti;
import org.maskmine.volume.Spacing;
import org.maskmine.volume.Volume;
import tech.tablesaw.api.Table;

/** The verbs on a phantom of a few cases, with the real engine. */
class VerbsTest {
  @TempDir private static Path folder;

  private static Data data;
  private static Run base;
  private static Errors errors;
  private static Run recall;

  @BeforeAll
  static void trains_mines_and_retrains() throws IOException {
    EmptyHome.prepare();
    data = new Data(Datasets.phantom(folder, new Phantom.Options(7, 3, 2, 1), Progress.NONE));
    base = train(data, epochs(2), seed(3), cascade2d());
    errors = mine(base);
    recall = retrain(errors, dice(), epochs(1));
  }

  @Test
  void every_value_shows_itself_with_words_for_its_pictures() {
    for (Viewable value : new Viewable[] {data, base, errors, compare(base, recall)}) {
      var content = value.view().content();
      assertThat(content.keySet()).containsExactly("text/html", "text/plain");
      assertThat(content.get("text/html")).contains("<img ").doesNotContain("alt=\"\"");
    }
  }

  @Test
  void an_interrupt_stops_a_comparison_that_predicts_its_figure_1() {
    Run another = train(data, epochs(1), seed(4), cascade2d());
    Run pushed = retrain(mine(another), pwce(), epochs(1));
    Comparison both = compare(another, pushed);
    Thread.currentThread().interrupt();
    assertThatThrownBy(both::view).isInstanceOf(CancellationException.class);
    assertThat(both.view().content().get("text/html")).contains("<img ");
  }

  @Test
  void mined_errors_show_the_worst_slice_as_figure_1() {
    assertThat(String.valueOf(errors.view().content().get("text/html")))
        .contains("lesion voxels: " + base.id() + " FP ");
  }

  @Test
  void a_damaged_run_stands_last_among_the_runs_with_what_to_do() throws IOException {
    Path run = Home.folder().resolve("runs/base-damaged");
    Files.createDirectories(run);
    Files.writeString(run.resolve("run.json"), "{");
    try {
      Table runs = Maskmine.runs();
      assertThat(runs.rowCount()).isGreaterThan(2);
      assertThat(runs.stringColumn("run").get(runs.rowCount() - 1)).isEqualTo("base-damaged");
      assertThat(runs.stringColumn("problem").get(runs.rowCount() - 1))
          .startsWith(run.resolve("run.json") + ": cannot be read (")
          .endsWith("); delete(\"base-damaged\") and train it again");
      assertThat(runs.stringColumn("problem").get(0)).isEmpty();
    } finally {
      Maskmine.delete("base-damaged");
    }
    assertThat(Maskmine.runs().columnNames()).doesNotContain("problem");
  }

  @Test
  void a_loss_of_ones_own_trains_and_goes_by_its_name_and_its_numbers() {
    Run own = train(data, cascade2d(), epochs(1), seed(3), Maskmine.loss("squares", squares(1)));
    Run same = train(data, cascade2d(), epochs(1), seed(3), Maskmine.loss("squares", squares(1)));
    assertThat(same.id()).isEqualTo(own.id()).isNotEqualTo(base.id());
    assertThatThrownBy(
            () ->
                train(data, cascade2d(), epochs(1), seed(3), Maskmine.loss("squares", squares(2))))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("loss \"squares\": its gradient does not belong to its value");
  }

  /** The mean of z²/2 with its gradient times a factor. */
  private static OwnLoss.Function squares(float factor) {
    return (z, images, target) -> {
      float[] gradient = new float[z.length];
      double value = 0;
      for (int i = 0; i < z.length; i++) {
        value += 0.5 * z[i] * z[i] / z.length;
        gradient[i] = factor * z[i] / z.length;
      }
      return Maskmine.lossValue(value, gradient);
    };
  }

  @Test
  void another_number_format_is_another_run() {
    Run rough = train(data, cascade2d(), epochs(1), seed(3), Maskmine.precision(Maskmine.BF16));
    Run exact = train(data, cascade2d(), epochs(1), seed(3), Maskmine.precision(Maskmine.FP32));
    assertThat(rough.id()).isNotEqualTo(exact.id());
  }

  @Test
  void a_run_is_found_again_by_its_id_and_has_the_same_scores() {
    assertThat(run(base.id()).table().print()).isEqualTo(base.table().print());
    Run again = train(data, cascade2d(), seed(3), epochs(2));
    assertThat(again.id()).isEqualTo(base.id());
    assertThat(again.view().content().getOrDefault("text/plain", ""))
        .contains("Nothing was trained now: it was stored; again() trains anew.");
    assertThat(base.view().content().getOrDefault("text/plain", "")).doesNotContain("Nothing was");
  }

  @Test
  void a_run_leaves_as_a_zip_and_comes_back_with_its_scores() {
    Run other = train(data, cascade2d(), seed(4), epochs(1));
    String scores = other.table().print();
    String zip = Maskmine.export(other, folder.resolve("other.zip").toString()).toString();
    Maskmine.delete(other.id());
    assertThatThrownBy(() -> run(other.id())).isInstanceOf(UserError.class);

    assertThat(Maskmine.importRun(zip, data).table().print()).isEqualTo(scores);
  }

  @Test
  void errors_say_where_they_lie_and_which_lesions_were_missed() {
    Errors all = mine(base, Maskmine.also(Maskmine.VALIDATION));

    assertThat(all.table().stringColumn("part").unique().asList())
        .containsExactlyInAnyOrder("training", "validation");
    long alarms =
        all
            .table()
            .where(t -> t.stringColumn("structure").isEqualTo("lesion"))
            .longColumn("FP")
            .asList()
            .stream()
            .mapToLong(Long::longValue)
            .sum();
    assertThat((long) all.falsePositives().longColumn("FP").sum()).isEqualTo(alarms);
    int rows = all.bySize().rowCount();
    assertThat(all.bySize().intColumn("lesions").get(rows - 1)).isEqualTo(all.lesions().rowCount());
    assertThat(all.worstSlices(3).rowCount()).isEqualTo(3);
  }

  @Test
  void a_recipe_says_where_each_setting_comes_from() {
    Table recipe = base.recipe();
    assertThat(source(recipe, "HU window")).isEqualTo("[-100, 400] (ours, for the demo)");
    assertThat(source(recipe, "lesion: L2 penalty")).isEqualTo("1.0E-5 (paper)");
    assertThat(source(recipe, "lesion: epochs")).isEqualTo("2 (yours)");
    assertThat(source(recipe, "lesion: patches per step")).isEqualTo("12 (paper)");
    assertThat(source(recipe, "seed")).isEqualTo("3 (yours)");
  }

  @Test
  void a_recipe_of_a_retraining_says_whose_its_settings_are_too() {
    Table recipe = retrain(errors, dice(), epochs(1), Maskmine.only(Maskmine.LESION)).recipe();
    assertThat(source(recipe, "lesion: loss"))
        .isEqualTo(
            "SoftDice activation=SIGMOID, reduction=IMAGE, epsilon=1.0E-9 (ours; kind paper)");
    assertThat(source(recipe, "lesion: read-out"))
        .isEqualTo("tp channel from a fifth (ours, for the demo)");
    assertThat(source(recipe, "lesion: epochs")).isEqualTo("1 (yours)");
    assertThat(source(recipe, "lesion: learning rate")).isEqualTo("0.001 (ours, for the demo)");
    assertThat(source(recipe, "lesion: kept weights")).isEqualTo("last (ours)");
    assertThat(source(recipe, "lesion: L2 penalty")).isEqualTo("1.0E-5 (paper)");
    assertThat(source(recipe, "liver: kept weights")).isEqualTo("best (paper)");

    Run best =
        retrain(errors, pwce(), epochs(1), Maskmine.only(Maskmine.LESION), Maskmine.keepBest());
    assertThat(source(best.recipe(), "lesion: kept weights")).isEqualTo("best (yours)");
    assertThat(source(best.recipe(), "lesion: read-out")).isEqualTo("fn or tp (paper)");
  }

  private static String source(Table recipe, String setting) {
    Table row = recipe.where(recipe.stringColumn("setting").isEqualTo(setting));
    return row.getString(0, "value") + " (" + row.getString(0, "source") + ")";
  }

  @Test
  void rounds_and_the_dial_are_tables_of_the_run() {
    Run third =
        retrain(errors, dice(), Maskmine.rounds(2), epochs(1), Maskmine.only(Maskmine.LESION));
    assertThat(third.rounds().intColumn("round").asList()).containsExactly(0, 1, 2);
    assertThat(third.rounds().getString(0, "run")).isEqualTo(base.id());
    for (Run run : List.of(base, third)) {
      Table dial = run.dial();
      Table own = dial.where(dial.doubleColumn("threshold").isEqualTo(0.5));
      var scores = run.stored().scores().of(Part.VALIDATION, Structure.LESION, Gate.TRUE_LIVER);
      assertThat(own.longColumn("FN").getLong(0)).as(run.id()).isEqualTo(scores.total().fn());
    }
  }

  @Test
  void the_best_weights_of_a_retraining_are_kept_where_asked_and_else_the_last() {
    RetrainOption[] wild = {dice(), epochs(4), rate(0.03), Maskmine.only(Maskmine.LESION)};
    Run last = retrain(errors, wild);
    RetrainOption[] kept = java.util.Arrays.copyOf(wild, 5);
    kept[4] = Maskmine.keepBest();
    Run best = retrain(errors, kept);

    double[] curve = validation(last);
    assertThat(validation(best)).isEqualTo(curve);
    double highest = java.util.Arrays.stream(curve).max().orElseThrow();
    assertThat(highest).as("so that best and last differ").isGreaterThan(curve[3]);
    assertThat(scored(last)).isCloseTo(curve[3], within(1e-9));
    assertThat(scored(best)).isCloseTo(highest, within(1e-9));
  }

  private static double[] validation(Run run) {
    return run.stored().curve(Structure.LESION).stream()
        .mapToDouble(e -> e.validationDice())
        .toArray();
  }

  private static double scored(Run run) {
    return run.stored().scores().of(Part.VALIDATION, Structure.LESION, Gate.TRUE_LIVER).meanDice();
  }

  @Test
  void pwce_together_trains_the_same_weights_and_reads_them_out_in_another_way() {
    var lesion = Maskmine.only(Maskmine.LESION);
    Run largest = retrain(errors, pwce(), epochs(1), lesion);
    Run together = retrain(errors, pwce().together(), epochs(1), lesion);

    assertThat(readOut(largest)).isEqualTo(ReadOut.FN_OR_TP);
    assertThat(readOut(together)).isEqualTo(ReadOut.FN_AND_TP);
    String head = "lesion.errors.weight";
    var weights = together.stored().weights(Structure.LESION).arrays();
    assertThat(weights.keySet())
        .isEqualTo(largest.stored().weights(Structure.LESION).arrays().keySet());
    weights.forEach(
        (name, array) ->
            assertThat(array.values())
                .as(name)
                .isEqualTo(largest.stored().weights(Structure.LESION).get(name).values()));
    // p(FN) + p(TP) > ½ holds wherever both together outweigh TN and FP: never fewer voxels
    for (int i = 0; i < largest.stored().scores().cases().size(); i++) {
      var few = largest.stored().scores().cases().get(i).confusion();
      var more = together.stored().scores().cases().get(i).confusion();
      assertThat(more.tp() + more.fp() + more.fn()).isPositive();
      assertThat(few.tp() + few.fn()).isEqualTo(more.tp() + more.fn());
    }
  }

  @Test
  void dice_over_the_batch_keeps_its_read_out_and_over_softmax_takes_another() {
    var paper = org.maskmine.training.Preset.PAPER;
    var demo = org.maskmine.training.Preset.DEMO;
    assertThat(dice().batch().retraining(demo).readOut())
        .isEqualTo(ReadOut.TP_CHANNEL_FROM_A_FIFTH);
    assertThat(dice().batch().retraining(paper).readOut()).isEqualTo(ReadOut.TP_CHANNEL);
    assertThat(dice().softmax().batch().retraining(demo).readOut()).isEqualTo(ReadOut.FN_AND_TP);
  }

  private static ReadOut readOut(Run run) {
    return run.stored().recipe().stage(Structure.LESION).head(Structure.LESION).readOut();
  }

  @Test
  void rivals_train_on_the_truth_with_the_loss_that_was_asked_for() {
    var lesion = Maskmine.only(Maskmine.LESION);
    Run tversky = retrain(errors, Maskmine.tversky(0.2, 0.8), epochs(1), lesion);
    Run focal = retrain(errors, Maskmine.focal(3), epochs(1), lesion);
    Run sampled = retrain(errors, Maskmine.errorSampling(), epochs(1), lesion);

    assertThat(loss(tversky)).isEqualTo(new Loss.Tversky(0.2, 0.8, 1e-5));
    assertThat(loss(focal)).isEqualTo(new Loss.Focal(3));
    assertThat(loss(sampled)).isEqualTo(loss(base));
    assertThat(sampled.stored().recipe().stage(Structure.LESION).emphasis().sampled()).isTrue();
    for (Run rival : new Run[] {tversky, focal, sampled}) {
      assertThat(readOut(rival)).isEqualTo(ReadOut.FOREGROUND);
      assertThat(rival.stored().curve(Structure.LESION)).hasSize(1);
    }
    assertThat(compare(base, tversky, focal, sampled).table().stringColumn("run").asList())
        .containsExactly(base.id(), tversky.id(), focal.id(), sampled.id());
  }

  private static Loss loss(Run run) {
    return run.stored().recipe().stage(Structure.LESION).head(Structure.LESION).loss();
  }

  @Test
  void an_option_that_does_not_fit_its_loss_is_answered_in_one_sentence() {
    says(
        () -> retrain(errors, control().fresh()),
        "fresh(): control() has no error head; leave it out, or take dice() or pwce()");
    says(
        () -> retrain(errors, dice().weights(2, 1)),
        "dice(): takes no weights on FP and FN; only pwce() does: pwce().weights(2, 1)");
    says(
        () -> retrain(errors, pwce().softmax()),
        "pwce().softmax(): only dice() has it; take dice().softmax()");
    says(
        () -> retrain(errors, dice().together()),
        "dice().together(): only pwce() has it; take pwce().together()");
    says(
        () -> retrain(errors, pwce().weights(0, 1)),
        "weights(0.0, 1.0): each must be above 0 and at most 1000; try weights(2, 1)");
    says(
        () -> retrain(errors, Maskmine.tversky(-1, 2)),
        "tversky(-1.0, 2.0): the weights of FP and FN must be 0 or more, and one above 0; try tversky(0.3, 0.7)");
    says(() -> retrain(errors, Maskmine.focal(-1)), "focal(-1.0): must be 0 to 100; try focal(2)");
    says(() -> Maskmine.rounds(0), "rounds(0): must be 1 to 100; try rounds(3)");
  }

  @Test
  void the_challenges_scores_and_surfaces_are_tables_of_their_own() {
    assertThat(base.scoring(Maskmine.LITS).stringColumn("part").asList())
        .containsExactly("training", "validation", "test");
    assertThat(base.surfaces(Maskmine.VALIDATION, 3).columnNames())
        .contains("ASSD, mm", "HD95, mm", "surface Dice at 3.0 mm");
    assertThat(base.lesions().columnNames()).contains("lesions", "found", "missed", "F1");
  }

  @Test
  void the_comparison_counts_what_its_runs_counted() {
    Table table = compare(base, recall).table();

    assertThat(table.stringColumn("run").asList()).containsExactly(base.id(), recall.id());
    long voxels = lesionVoxels(data);
    for (int row = 0; row < 2; row++) {
      assertThat(table.longColumn("FN").getLong(row) + table.longColumn("TP").getLong(row))
          .isEqualTo(voxels);
    }
    var bars = ((CategoryPlot) compare(base, recall).figure4().getPlot()).getDataset();
    assertThat(bars.getRowKeys()).hasSize(2);
  }

  @Test
  void runs_are_ordered_base_first_in_whatever_order_they_are_given() {
    assertThat(compare(recall, base).table().stringColumn("run").asList())
        .containsExactly(base.id(), recall.id());
    assertThat(compare(recall, base, recall).table().rowCount()).isEqualTo(2);
  }

  @Test
  void a_difference_is_that_of_the_cases_with_its_interval() {
    Table table = compare(base, recall).table();
    var before = lesions(base);
    var difference = org.maskmine.scoring.PairedDifference.ofDice(before, lesions(recall));

    assertThat(table.doubleColumn("against base").isMissing(0)).isTrue();
    assertThat(table.doubleColumn("against base").getDouble(1))
        .isEqualTo(Math.rint(difference.mean() * 1000) / 1000);
    assertThat(table.doubleColumn("95 % from").getDouble(1))
        .isEqualTo(Math.rint(difference.low() * 1000) / 1000);
  }

  private static org.maskmine.scoring.Scores lesions(Run run) {
    return run.stored()
        .scores()
        .of(
            org.maskmine.data.Part.VALIDATION,
            Structure.LESION,
            org.maskmine.scoring.Gate.TRUE_LIVER);
  }

  @Test
  void recall_and_precision_at_the_runs_own_threshold_are_those_of_its_table() {
    Table table = compare(base).table();
    double fn = table.longColumn("FN").getLong(0);
    double tp = table.longColumn("TP").getLong(0);
    double fp = table.longColumn("FP").getLong(0);

    assertThat(compare(base).recallPrecision().alt())
        .isEqualTo(
            String.format(
                java.util.Locale.ROOT,
                "Lesion voxels, validation set: base has recall %.3f and precision %.3f",
                tp / (tp + fn),
                tp / (tp + fp)));
    var curve =
        ((org.jfree.chart.plot.XYPlot) compare(base).recallPrecision().getPlot()).getDataset();
    for (int i = 1; i < curve.getItemCount(0); i++) {
      assertThat(curve.getXValue(0, i)).isLessThanOrEqualTo(curve.getXValue(0, i - 1));
    }
  }

  @Test
  void tables_and_viewers_are_saved_under_the_name_that_is_asked_for() throws Exception {
    var csv = compare(base, recall).save(folder.resolve("out/scores.csv").toString());
    assertThat(java.nio.file.Files.readAllLines(csv)).hasSize(3);
    var tex = Maskmine.save(base.table(), folder.resolve("out/base.tex").toString());
    assertThat(tex).content().contains("\\toprule");
    var viewer = errors.viewer("volume-0");
    var page = viewer.save(folder.resolve("out/volume-0.html").toString());
    assertThat(page).content().contains("maskmine-viewer", "DecompressionStream");
    assertThat(java.nio.file.Files.size(page)).isLessThan(3_000_000);
    var files = viewer.saveNifti(folder.resolve("out/nifti").toString());
    assertThat(files)
        .extracting(f -> f.getFileName().toString())
        .containsExactly("volume-0-ct.nii.gz", "volume-0-truth.nii.gz", "volume-0-errors.nii.gz");
    assertThat(org.maskmine.volume.Nifti.readMask(files.get(2)).values())
        .isEqualTo(errors.mined().mask(Structure.LESION, "volume-0").values());
  }

  @Test
  void a_run_draws_its_pipeline_and_a_data_set_its_fingerprint() {
    assertThat(recall.figure3().alt())
        .startsWith(
            "cascade2d, "
                + recall.id()
                + ": CT, then liver 2D U-Net with error head, then lesion 2D U-Net with error"
                + " head.");
    assertThat(base.network(Structure.LESION).alt())
        .startsWith("lesion: 2D U-Net, 3 levels, 16 to 64");
    assertThat(data.plot().alt())
        .startsWith("Hounsfield units of phantom: training: liver median ")
        .contains("; validation: liver median ", "; test: liver median ");
  }

  private static long lesionVoxels(Data data) {
    return data.dataset().split().validation().stream()
        .mapToInt(id -> data.dataset().find(id).labels().orElseThrow().count(2))
        .sum();
  }

  @Test
  void the_error_counts_hold_every_lesion_voxel_of_the_training_cases() {
    Table table = errors.table().where(t -> t.stringColumn("structure").isEqualTo("lesion"));
    long lesion =
        data.dataset().split().training().stream()
            .mapToInt(id -> data.dataset().find(id).labels().orElseThrow().count(2))
            .sum();

    assertThat(table.longColumn("FN").getLong(0) + table.longColumn("TP").getLong(0))
        .isEqualTo(lesion);
  }

  @Test
  void a_figure_is_saved_as_pixels_of_twice_its_size() throws Exception {
    var figure = compare(base, recall).figure4();
    var image = ImageIO.read(figure.save(folder.resolve("out/fig4.png").toString()).toFile());

    assertThat(image.getWidth()).isEqualTo(2 * figure.width());
    assertThat(image.getHeight()).isEqualTo(2 * figure.height());
  }

  @Test
  void a_missing_control_is_said_in_one_line() {
    String without = compare(base, recall).view().content().getOrDefault("text/plain", "");

    assertThat(without)
        .contains(
            "The control is missing: without retrain(errors, control()) nobody can tell mining"
                + " from longer training.");
  }

  @Test
  @SuppressWarnings("NullAway") // a notebook's variable may never have been set
  void wrong_use_is_answered_in_one_sentence() {
    says(
        () -> train(data, epochs(2)),
        "train(data): no pipeline given; add one: train(data, cascade2d())");
    says(() -> retrain(errors), "retrain(errors): no loss given; add dice(), pwce() or control()");
    says(
        () -> retrain(errors, dice(), pwce()),
        "dice() and pwce(): one of this kind is enough; leave one out");
    says(
        () -> train(data, epochs(2), epochs(3), cascade2d()),
        "epochs(2) and epochs(3): one of this kind is enough; leave one out");
    says(() -> epochs(0), "epochs(0): must be 1 to 100000; try epochs(30)");
    says(() -> rate(-1), "rate(-1.0): must be above 0 and at most 1; try rate(0.001)");
    says(
        () -> load("data/nowhere"),
        "\"data/nowhere\": there is no such folder or file; give a folder in the layout of LiTS or"
            + " of the Medical Segmentation Decathlon, one scan, or \"phantom\"");
    says(() -> compare(), "compare(…): needs runs that were trained; give at least one");
    says(() -> compare((Run) null), "compare(…): needs runs that were trained; give at least one");
    says(
        () -> compare(base).figure1("volume-3", 2),
        "figure1: needs two runs; compare(base, retrained)");
    says(() -> compare(base).dicePairs(), "dicePairs: needs two runs; compare(base, retrained)");
    says(
        () -> errors.viewer("volume-0").save("x.png"),
        "x.png: a viewer is saved as .html; for NIfTI files call saveNifti(\"folder\")");
    says(
        () -> compare(base).save("x.doc"),
        "x.doc: a table is saved as .csv, .md, .tex or .xlsx; end the file's name with one of"
            + " them");
    says(
        () -> Maskmine.slices(4, 2),
        "slices(4, 2): must run upwards from 0 or more, at most 12 of them; try slices(4, 8)");
    says(
        () -> Maskmine.width(Maskmine.mm(3)),
        "width(mm(3)): must be mm(10) to mm(1000); a column is about mm(85), a page mm(170)");
    says(() -> Maskmine.dpi(7), "dpi(7): must be 36 to 2400; journals ask for dpi(300)");
  }

  @Test
  void an_unknown_case_or_slice_names_the_range() {
    says(() -> errors.overlay("volume-0", 14), "slice 14: volume-0 has slices 0 to 13");
    says(
        () -> errors.overlay("volume-0", 64, Maskmine.CORONAL),
        "slice 64: volume-0 has coronal slices 0 to 63");
    says(
        () -> errors.overlay("volume-9", 1),
        "case \"volume-9\": not in phantom; its cases are volume-0 … volume-5");
    says(
        () -> errors.overlay("volume-4", 1),
        "case \"volume-4\": its lesion errors were not mined; mined are volume-0 … volume-2;"
            + " mine(run, also(VALIDATION)) mines it as well");
  }

  @Test
  void runs_on_different_data_are_not_compared() {
    var other = new Data(Datasets.phantom(folder, new Phantom.Options(8, 2, 1, 0), Progress.NONE));
    Run elsewhere = train(other, cascade2d(), epochs(1));

    says(
        () -> compare(base, elsewhere),
        "compare("
            + base.id()
            + ", "
            + elsewhere.id()
            + "): they were trained on different data; compare runs on the same data");
  }

  @Test
  void one_network_alone_is_retrained_where_asked() {
    Run lesions = retrain(errors, control(), epochs(1), Maskmine.only(Structure.LESION));

    assertThat(lesions.stored().curve(Structure.LIVER)).isEmpty();
    assertThat(lesions.stored().curve(Structure.LESION)).hasSize(1);
  }

  private static byte[] bytes(Path file) throws IOException {
    return Files.readAllBytes(file);
  }

  @Test
  void a_scan_is_predicted_from_its_file_and_saved_with_its_geometry() throws IOException {
    var scan = data.dataset().find("volume-5");
    Path file = folder.resolve("scan.nii.gz");
    Nifti.write(file, scan.image());

    Prediction found = predict(base, file.toString());
    Path saved = found.save(folder.resolve("out/mask.nii").toString());

    Mask read = Nifti.readMask(saved);
    assertThat(read.geometry()).isEqualTo(Nifti.readVolume(file).geometry());
    assertThat(read.values()).isEqualTo(found.labels().values());
    assertThat(new String(bytes(saved), 148, 47, StandardCharsets.US_ASCII))
        .isEqualTo("For research and teaching, not a medical device");
    assertThat(found.labels().count(1))
        .as("liver voxels, so that this says something")
        .isPositive();
    double ml = found.labels().geometry().spacing().voxelMm3() / 1000;
    int liver = found.labels().count(1) + found.labels().count(2);
    assertThat(found.table().doubleColumn("ml").getDouble(0)).isCloseTo(liver * ml, within(1e-9));
    assertThat(found.view().content().getOrDefault("text/plain", ""))
        .contains("For research and teaching, not a medical device");
  }

  @Test
  void a_prediction_scores_as_the_run_did() {
    var scan = data.dataset().find("volume-5");
    Mask labels = predict(base, data.test()).of("volume-5").labels();
    var expected = base.stored().scores().of(Part.TEST, Structure.LIVER, Gate.NONE).cases().get(0);

    byte[] liver = labels.where(Structure.LIVER::holds).values();
    byte[] truth = scan.truth(Structure.LIVER).orElseThrow().values();
    assertThat(Confusion.of(liver, truth)).isEqualTo(expected.confusion());
  }

  @Test
  void a_scan_that_lies_otherwise_is_turned_for_the_network_and_its_mask_turned_back()
      throws IOException {
    var image = data.dataset().find("volume-5").image();
    Geometry g = image.geometry();
    float[] reversed = new float[image.values().length];
    for (int i = 0; i < reversed.length; i++) {
      reversed[i] = image.values()[reversed.length - 1 - i];
    }
    Affine a = g.affine();
    var turned =
        new Geometry(
            g.nx(),
            g.ny(),
            g.nz(),
            new Affine(-a.xx(), 0, 0, 7, 0, -a.yy(), 0, 8, 0, 0, -a.zz(), 9));
    Path file = folder.resolve("turned.nii.gz");
    Nifti.write(file, new Volume(turned, reversed));

    Path saved = predict(base, file.toString()).save(folder.resolve("turned-mask.nii").toString());

    byte[] expected = predict(base, data.test()).of("volume-5").labels().values();
    byte[] found = Nifti.readMask(saved).values();
    for (int i = 0; i < found.length; i++) {
      assertThat(found[i]).isEqualTo(expected[found.length - 1 - i]);
    }
    assertThat(Nifti.readMask(saved).geometry()).isEqualTo(Nifti.readVolume(file).geometry());
  }

  @Test
  void window_z_score_and_spacing_are_options() {
    var coarse =
        new Data(
            Datasets.open(
                data.dataset().source().spacing(new Spacing(9, 9, 20)),
                folder.resolve("known"),
                Progress.NONE));
    Run scored = train(coarse, cascade2d(), epochs(1), window(-50, 250), zScore());

    HuWindow window = scored.stored().recipe().window();
    assertThat(window.low()).isEqualTo(-50);
    assertThat(window.high()).isEqualTo(250);
    assertThat(window.mean()).isBetween(0.3, 0.7);
    assertThat(window.deviation()).isBetween(0.01, 0.2);
    var scan = data.dataset().find("volume-5");
    Path file = folder.resolve("fine.nii.gz");
    Nifti.write(file, scan.image());
    Path saved = predict(scored, file.toString()).save(folder.resolve("fine-mask.nii").toString());
    assertThat(Nifti.readMask(saved).geometry()).isEqualTo(Nifti.readVolume(file).geometry());
  }

  @Test
  void a_submission_is_written_once_and_zipped() throws IOException {
    Path out = folder.resolve("submission");
    Path zip = predict(base, data.test()).submission(out.toString());

    Path mask = out.resolve("test-segmentation-5.nii");
    byte[] first = bytes(mask);
    assertThat(Nifti.readMask(mask).values())
        .isEqualTo(predict(base, data.test()).of("volume-5").labels().values());
    try (var in = new ZipInputStream(Files.newInputStream(zip))) {
      assertThat(in.getNextEntry())
          .extracting(ZipEntry::getName)
          .isEqualTo("test-segmentation-5.nii");
      assertThat(in.readAllBytes()).isEqualTo(first);
      assertThat(in.getNextEntry()).isNull();
    }

    // A file that is there already was finished before and is left alone.
    Files.write(mask, new byte[] {7});
    predict(base, data.test()).submission(out.toString());
    assertThat(bytes(mask)).containsExactly(7);

    Path madeBy = out.resolve("submission.json");
    String sound = Files.readString(madeBy);
    Files.writeString(madeBy, sound.replace(base.id(), "base-000000"));
    says(
        () -> predict(base, data.test()).submission(out.toString()),
        madeBy
            + ": cannot be read (its checksum does not fit, it was damaged or changed by hand);"
            + " give another folder, or delete this one to predict anew into it");
    Files.writeString(madeBy, sound);
    says(
        () -> predict(recall, data.test()).submission(out.toString()),
        out + ": holds predictions of run " + base.id() + "; give another folder, or delete it");
    says(
        () -> predict(base, data.test(), mirrored()).submission(out.toString()),
        out
            + ": holds predictions of run "
            + base.id()
            + " with other tiles; give another folder, or delete it");
  }

  @Test
  void a_prediction_that_is_interrupted_says_so_and_is_made_again() {
    Screen.install(new InterruptingScreen(0));
    try {
      assertThatThrownBy(() -> predict(base, data.test()).of("volume-5"))
          .isInstanceOf(CancellationException.class)
          .hasMessage("interrupted while predicting the liver");
    } finally {
      Screen.install(null);
    }
    assertThat(predict(base, data.test()).of("volume-5").labels().count(1)).isPositive();
  }

  @Test
  void a_submission_that_is_interrupted_goes_on_after_its_last_finished_scan() throws IOException {
    var other = new Data(Datasets.phantom(folder, new Phantom.Options(9, 2, 1, 3), Progress.NONE));
    Run run = train(other, cascade2d(), epochs(1));
    Path out = folder.resolve("interrupted");
    // each scan has a liver and a lesion pass, which report once each or more
    Screen.install(new InterruptingScreen(4));
    try {
      assertThatThrownBy(() -> predict(run, other.test()).submission(out.toString()))
          .isInstanceOf(CancellationException.class);
    } finally {
      Screen.install(null);
    }
    Path first = out.resolve("test-segmentation-3.nii");
    assertThat(first).exists();
    assertThat(out.resolve("test-segmentation-5.nii")).doesNotExist();
    assertThat(out.resolve("submission.zip")).doesNotExist();
    var written = Files.getLastModifiedTime(first);

    predict(run, other.test()).submission(out.toString());

    assertThat(Files.getLastModifiedTime(first)).isEqualTo(written);
    try (var zip = new java.util.zip.ZipFile(out.resolve("submission.zip").toFile())) {
      assertThat(zip.stream().map(ZipEntry::getName))
          .containsExactly(
              "test-segmentation-3.nii", "test-segmentation-4.nii", "test-segmentation-5.nii");
    }
  }

  /** Interrupts at its n-th report. */
  private static final class InterruptingScreen implements Screen {
    private int left;

    InterruptingScreen(int reports) {
      left = reports;
    }

    @Override
    public void show(String id, View view) {}

    @Override
    public void update(String id, View view) {}

    @Override
    public synchronized void checkInterrupted() {
      if (--left < 0) {
        throw new CancellationException("interrupted");
      }
    }
  }

  @Test
  void tiles_and_mirroring_give_a_mask_as_well() {
    Mask whole = predict(base, data.test()).of("volume-5").labels();
    Mask tiled = predict(base, data.test(), tiles(32), mirrored()).of("volume-5").labels();

    assertThat(tiled.geometry()).isEqualTo(whole.geometry());
    assertThat(tiled.values()).isNotEqualTo(whole.values());
  }

  @Test
  @SuppressWarnings("NullAway") // a notebook's variable may never have been set
  void wrong_use_of_predict_is_answered_in_one_sentence() {
    says(
        () -> predict(null, "scan.nii.gz"),
        "predict(run, …): a value is null, which stands for nothing; train one first");
    says(
        () -> predict(base, (Scans) null),
        "predict(run, scans): a value is null, which stands for nothing; try predict(run,"
            + " ct.test())");
    says(
        () -> predict(base, "nowhere.nii.gz"),
        "nowhere.nii.gz: no such file; check its name and folder");
    says(() -> tiles(0), "tiles(0): must be at least 1 voxel wide; try tiles(256)");
    says(
        () -> predict(base, data.test()).of("volume-1"),
        "case \"volume-1\": not among these scans; there are volume-5");
    says(
        () -> predict(base, data.test()).of("volume-5").save("mask.png"),
        "mask.png: the name of a NIfTI file ends in .nii or .nii.gz; add one of them");
  }

  @Test
  void the_cache_says_how_large_it_is_and_is_cleared_by_one_call() {
    assertThat(cache().bytes()).isPositive();
    assertThat(cache().toString()).contains("prepared cases, ").contains(" MB in ");
    cache().clear();
    assertThat(cache().bytes()).isZero();
    assertThat(train(data, cascade2d(), seed(4), epochs(1)).id()).isNotEqualTo(base.id());
  }

  /** What is made by a call alone may be found out where the verb takes it. */
  @Test
  void null_for_any_argument_of_any_verb_or_option_is_a_sentence() {
    int calls = 0;
    var wrong = new StringBuilder();
    for (Method verb : Maskmine.class.getMethods()) {
      for (int i = 0; i < verb.getParameterCount(); i++) {
        if (Modifier.isStatic(verb.getModifiers()) && !verb.getParameterTypes()[i].isPrimitive()) {
          calls++;
          String said = said(verb, i);
          if (!said.contains(": a value is null, which stands for nothing; ")
              && !said.contains("(null): there is no data; ")) {
            wrong.append(verb).append(" with null for argument ").append(i).append(": ");
            wrong.append(said).append('\n');
          }
        }
      }
    }
    assertThat(wrong.toString()).isEmpty();
    assertThat(calls).isGreaterThan(40);
  }

  private static String said(Method verb, int nothing) {
    try {
      taken(call(verb, nothing));
      return "nothing at all";
    } catch (UserError e) {
      return String.valueOf(e.getMessage());
    } catch (Throwable e) {
      return e.toString();
    }
  }

  /** A verb with sound arguments but one. */
  private static Object call(Method verb, int nothing) throws Throwable {
    Object[] arguments = new Object[verb.getParameterCount()];
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = i == nothing ? null : sound(verb.getParameterTypes()[i]);
    }
    try {
      return verb.invoke(null, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static Object sound(Class<?> type) {
    if (type.isArray()) {
      return Array.newInstance(type.getComponentType(), 0);
    }
    return Stream.of(data, base, errors, "name", 1, 1L, 0.5, (OwnLoss.Function) squares(1))
        .filter(value -> MethodType.methodType(type).wrap().returnType().isInstance(value))
        .findFirst()
        .orElseGet(
            () ->
                type == List.class
                    ? List.of("phantom")
                    : type == float[].class ? new float[0] : null);
  }

  /** Options are looked at by the verb that takes them. */
  private static void taken(Object option) {
    if (option instanceof LoadOption load) {
      load("phantom", load);
    }
    if (option instanceof TrainOption one) {
      train(data, cascade2d(), one);
    }
    if (option instanceof MineOption one) {
      mine(base, one);
    }
    if (option instanceof RetrainOption one) {
      retrain(errors, dice(), one);
    }
    if (option instanceof StudyOption one) {
      Maskmine.study(data, one);
    }
    if (option instanceof PictureOption one) {
      errors.overlay(one);
    }
  }

  private static void says(ThrowingCallable call, String sentence) {
    assertThatThrownBy(call).isInstanceOf(UserError.class).hasMessage(sentence);
  }
}
