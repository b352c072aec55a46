package org.maskmine.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.maskmine.data.Part;
import org.maskmine.data.Structure;

class ScoresTest {
  @Test
  void counts_voxels_as_counted_by_hand() {
    byte[] prediction = {1, 1, 0, 0, 1, 0};
    byte[] truth = {1, 0, 1, 0, 1, 0};
    assertThat(Confusion.of(prediction, truth)).isEqualTo(new Confusion(2, 1, 1, 2));
  }

  @Test
  void dice_precision_and_recall_are_those_of_the_definition() {
    var c = new Confusion(90, 2, 3, 5);
    assertThat(c.dice()).isCloseTo(10.0 / 15, within(1e-12));
    assertThat(c.precision()).isCloseTo(5.0 / 7, within(1e-12));
    assertThat(c.recall()).isCloseTo(5.0 / 8, within(1e-12));
  }

  @Test
  void an_empty_pair_has_no_dice_and_a_false_alarm_has_zero() {
    assertThat(new Confusion(10, 0, 0, 0).dice()).isNaN();
    assertThat(new Confusion(9, 1, 0, 0).dice()).isZero();
  }

  @Test
  void the_mean_leaves_empty_pairs_out_and_counts_them() {
    var scores =
        new Scores(
            List.of(
                score("a", new Confusion(0, 0, 0, 4)),
                score("b", new Confusion(4, 0, 0, 0)),
                score("c", new Confusion(0, 2, 2, 2))));
    assertThat(scores.meanDice()).isCloseTo(0.75, within(1e-12));
    assertThat(scores.emptyPairs()).isEqualTo(1);
    assertThat(scores.total()).isEqualTo(new Confusion(4, 2, 2, 6));
  }

  @Test
  void the_challenge_counts_an_empty_pair_as_one() {
    var scores =
        new Scores(
            List.of(score("a", new Confusion(4, 0, 0, 0)), score("b", new Confusion(0, 2, 2, 2))));
    assertThat(scores.meanDice(Convention.LITS)).isCloseTo(0.75, within(1e-12));
    assertThat(scores.meanDice(Convention.LEFT_OUT)).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void counts_lesions_by_size_as_counted_by_hand() {
    var small = new Lesion(0, 3, 8, -20, 0);
    var halfFound = new Lesion(0, 50, 24, -40, 0.3);
    var found = new Lesion(0, 60, 26, -40, 0.7);
    var detection = new Detection(List.of(small, halfFound, found), List.of(halfFound, small));
    assertThat(detection.found(0)).isEqualTo(2);
    assertThat(detection.missed(0)).isEqualTo(1);
    assertThat(detection.falseAlarms(0)).isEqualTo(1);
    assertThat(detection.f1(0)).isCloseTo(4.0 / 7, within(1e-12)); // precision 1/2, recall 2/3
    assertThat(detection.found(0.5)).isEqualTo(1);
    assertThat(detection.ofSize(0, 10).recall(0)).isZero();
    assertThat(detection.ofSize(20, 30).recall(0)).isEqualTo(1);
    assertThat(Detection.NONE.f1(0)).isNaN();
  }

  @Test
  void the_tumour_burden_error_is_that_of_a_hand_calculation() {
    // Liver predicted 100 of 100, lesions 10 predicted of 20 true; then 80 of 100 and 20 of 20.
    var scores =
        new Scores(
            List.of(
                liver("a", new Confusion(0, 0, 0, 100)),
                predicted("a", new Confusion(0, 0, 10, 10)),
                liver("b", new Confusion(0, 0, 20, 80)),
                predicted("b", new Confusion(0, 0, 0, 20))));
    TumourBurden burden = scores.burden(Part.VALIDATION);
    assertThat(burden.largest()).isCloseTo(0.1, within(1e-12));
    assertThat(burden.rmse()).isCloseTo(Math.sqrt((0.01 + 0.0025) / 2), within(1e-12));
    assertThat(burden.n()).isEqualTo(2);
  }

  @Test
  void a_difference_is_taken_case_by_case_and_leaves_out_cases_without_dice() {
    var before =
        new Scores(
            List.of(score("a", new Confusion(0, 0, 2, 2)), score("b", new Confusion(4, 0, 0, 0))));
    var after =
        new Scores(
            List.of(score("b", new Confusion(3, 1, 0, 0)), score("a", new Confusion(0, 0, 0, 4))));
    PairedDifference difference = PairedDifference.ofDice(before, after);
    assertThat(difference)
        .isEqualTo(new PairedDifference(1 - 2.0 / 3, 1 - 2.0 / 3, 1 - 2.0 / 3, 1));
    assertThat(difference.clear()).isTrue();
  }

  @Test
  void a_summary_reads_as_in_the_papers_table() {
    assertThat(Summary.of(DoubleStream.of(0.63, 0.64, 0.65)).text(100, 1)).isEqualTo("64.0 ± 1.0");
    assertThat(Summary.of(DoubleStream.of(0.63)).text(100, 1)).isEqualTo("63.0");
    assertThat(Summary.of(DoubleStream.of(Double.NaN)).text(100, 1)).isEqualTo("–");
  }

  @Test
  void selects_by_part_structure_and_gate() {
    var scores = new Scores(List.of(score("a", Confusion.NONE)));
    assertThat(scores.of(Part.VALIDATION, Structure.LESION, Gate.TRUE_LIVER).cases()).hasSize(1);
    assertThat(scores.of(Part.TEST, Structure.LESION, Gate.TRUE_LIVER).cases()).isEmpty();
    assertThat(scores.of(Part.VALIDATION, Structure.LESION, Gate.PREDICTED_LIVER).cases())
        .isEmpty();
  }

  private static CaseScore score(String id, Confusion confusion) {
    return new CaseScore(id, Part.VALIDATION, Structure.LESION, Gate.TRUE_LIVER, confusion, null);
  }

  private static CaseScore liver(String id, Confusion confusion) {
    return new CaseScore(id, Part.VALIDATION, Structure.LIVER, Gate.NONE, confusion, null);
  }

  private static CaseScore predicted(String id, Confusion confusion) {
    return new CaseScore(
        id, Part.VALIDATION, Structure.LESION, Gate.PREDICTED_LIVER, confusion, null);
  }
}
