package org.maskmine.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.maskmine.dsl.Maskmine.HARD;
import static org.maskmine.dsl.Maskmine.cascade2d;
import static org.maskmine.dsl.Maskmine.cases;
import static org.maskmine.dsl.Maskmine.difficulty;
import static org.maskmine.dsl.Maskmine.labels;
import static org.maskmine.dsl.Maskmine.lesion;
import static org.maskmine.dsl.Maskmine.liver;
import static org.maskmine.dsl.Maskmine.load;
import static org.maskmine.dsl.Maskmine.seed;
import static org.maskmine.dsl.Maskmine.shift;
import static org.maskmine.dsl.Maskmine.size;
import static org.maskmine.dsl.Maskmine.split;
import static org.maskmine.dsl.Maskmine.train;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jfree.chart.plot.XYPlot;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maskmine.UserError;
import org.maskmine.data.Phantom;
import org.maskmine.volume.Mask;
import org.maskmine.volume.Nifti;
import tech.tablesaw.api.Table;

class LoadTest {
  @TempDir private static Path folder;

  /** Five cases whose labels are 5 for liver and 6 for lesions; volume-4's are all background. */
  @BeforeAll
  static void write() {
    for (int n = 0; n < 5; n++) {
      var drawn = Phantom.draw(n, Phantom.Site.A);
      Mask labels = drawn.labels();
      for (int i = 0; i < labels.values().length; i++) {
        byte label = labels.values()[i];
        labels.values()[i] = (byte) (label == 0 || n == 4 ? 0 : label + 4);
      }
      Nifti.write(image(n), drawn.image());
      Nifti.write(folder.resolve("segmentation-" + n + ".nii.gz"), labels);
    }
  }

  private static Path image(int n) {
    return folder.resolve("volume-" + n + ".nii.gz");
  }

  private static Data named() {
    return load(folder.toString(), labels(liver(5), lesion(6)), split(0.25, 0.25), seed(1));
  }

  @Test
  void label_values_are_named_and_labelled_cases_held_out_as_a_test_set() {
    Data data = named();
    assertThat(data.table().intColumn("cases").asList()).containsExactly(2, 1, 1);
    assertThat(data.split().rowCount()).isEqualTo(4);
    assertThat(named().split().print()).isEqualTo(data.split().print());
  }

  @Test
  void the_fingerprint_holds_what_a_count_of_the_voxels_finds() {
    Table rows = named().fingerprint();
    assertThat(rows.rowCount()).isEqualTo(4);
    for (int row = 0; row < 4; row++) {
      int n = Integer.parseInt(rows.stringColumn("case").get(row).substring("volume-".length()));
      Mask truth = Phantom.draw(n, Phantom.Site.A).labels();
      double ml = 5.4 * 5.4 * 100 / 14 / 1000;
      int lesion = truth.count(2);
      int liver = truth.count(1) + lesion;
      assertThat(rows.doubleColumn("liver, ml").get(row)).isCloseTo(liver * ml, within(0.01));
      assertThat(rows.doubleColumn("lesions, ml").get(row)).isCloseTo(lesion * ml, within(0.01));
      assertThat(rows.doubleColumn("lesions, % of the liver").get(row))
          .isCloseTo(100.0 * lesion / liver, within(1e-9));
      assertThat(rows.doubleColumn("liver HU, median").get(row)).isBetween(60.0, 160.0);
    }
  }

  @Test
  void the_histogram_holds_every_voxel_but_the_rarest() {
    var chart = named().histogram();
    var data = ((XYPlot) chart.getPlot()).getDataset();
    for (int series = 0; series < 2; series++) {
      int line = series;
      double percent =
          IntStream.range(0, data.getItemCount(line))
              .mapToDouble(i -> data.getYValue(line, i))
              .sum();
      assertThat(percent).isBetween(98.0, 100.0);
    }
    assertThat(chart.alt()).contains("Hounsfield units in the training cases: liver median ");
  }

  @Test
  void problems_are_a_table_and_stand_below_the_data() {
    Data data = named();
    Table problems = data.problems();
    assertThat(problems.columnNames())
        .containsExactly("case", "found", "expected", "remedy", "the case is");
    assertThat(problems.row(0).getString("case")).isEqualTo("volume-4");
    assertThat(problems.row(0).getString("found"))
        .isEqualTo("labels without a liver voxel, only 0");
    assertThat(problems.row(0).getString("the case is")).isEqualTo("left out");
    assertThat(data.view().content().get("text/html")).contains("labels without a liver voxel");
  }

  @Test
  void scarce_lesions_are_said_where_the_data_is_shown(@TempDir Path scarce) {
    for (int n = 0; n < 2; n++) {
      var drawn = Phantom.draw(n, Phantom.Site.A);
      byte[] labels = drawn.labels().values();
      int left = 40;
      for (int i = 0; i < labels.length; i++) {
        labels[i] = (byte) (labels[i] == 2 && left-- <= 0 ? 1 : labels[i]);
      }
      Nifti.write(scarce.resolve("volume-" + n + ".nii.gz"), drawn.image());
      Nifti.write(scarce.resolve("segmentation-" + n + ".nii.gz"), drawn.labels());
    }
    assertThat(load(scarce.toString()).view().content().get("text/plain"))
        .containsPattern("Lesions fill 0\\.\\d\\d % of the boxes around the livers")
        .contains("train on smaller crops, or on cases with more lesions.");
    assertThat(named().view().content().get("text/plain")).doesNotContain("Lesions fill");
  }

  @Test
  void the_phantom_has_options() {
    Data data = load("phantom", cases(2, 1, 1), size(32, 8), difficulty(HARD), shift(0), seed(5));
    assertThat(data.table().intColumn("cases").asList()).containsExactly(2, 1, 1);
    assertThat(data.table().stringColumn("voxels of a case").get(0)).isEqualTo("32×32×8");
  }

  @Test
  void one_scan_can_be_looked_at_but_not_trained_on() {
    Data scan = load(image(0).toString());
    assertThat(scan.table().intColumn("cases").asList()).containsExactly(0, 0, 1);
    assertThat(scan.view().content().get("text/html")).contains("<img ");
    says(
        () -> train(scan, cascade2d()),
        image(0)
            + ": has no labelled training case: training and validation need one each; load at"
            + " least two labelled cases");
  }

  @Test
  void misplaced_or_wrong_options_are_answered_in_one_sentence() {
    String name = folder.toString();
    says(
        () -> load(name, shift(0.2)),
        "shift(0.2): is for the phantom alone, which is drawn; leave it out for \"" + name + "\"");
    says(
        () -> load("phantom", split(0.2)),
        "split(0.2, 0.0): the phantom has its own labels and split; leave it out for \"phantom\"");
    says(
        () -> load(name, labels(lesion(6))),
        "labels without a liver: name its value, as in labels(liver(5))");
    says(
        () -> load(name, labels(liver(5), lesion(5))),
        "label 5: is named as liver and as lesion; a value means one of them");
    says(
        () -> load(name, labels(liver(200))),
        "liver(200): a label is 1 to 127, and 0 is background; see the label file");
    says(
        () -> load(name, split(0.9, 0.2)),
        "split(0.9, 0.2): shares for validation and test must be above 0 and together below 1; try"
            + " split(0.15, 0.1)");
    says(
        () -> load(name, labels("mask.nii.gz")),
        "labels(\""
            + Path.of("mask.nii.gz").toAbsolutePath()
            + "\"): one label file for 5 scans; give one scan, or name label files as the layout"
            + " does");
    says(() -> load(List.of()), "load(…): names nothing; give a folder, or \"phantom\"");
  }

  private static void says(ThrowingCallable call, String sentence) {
    assertThatThrownBy(call).isInstanceOf(UserError.class).hasMessage(sentence);
  }
}
