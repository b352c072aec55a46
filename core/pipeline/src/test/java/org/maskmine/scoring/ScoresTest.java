package org.maskmine.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
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
  void selects_by_part_structure_and_gate() {
    var scores = new Scores(List.of(score("a", Confusion.NONE)));
    assertThat(scores.of(Part.VALIDATION, Structure.LESION, Gate.TRUE_LIVER).cases()).hasSize(1);
    assertThat(scores.of(Part.TEST, Structure.LESION, Gate.TRUE_LIVER).cases()).isEmpty();
    assertThat(scores.of(Part.VALIDATION, Structure.LESION, Gate.PREDICTED_LIVER).cases())
        .isEmpty();
  }

  private static CaseScore score(String id, Confusion confusion) {
    return new CaseScore(id, Part.VALIDATION, Structure.LESION, Gate.TRUE_LIVER, confusion);
  }
}
