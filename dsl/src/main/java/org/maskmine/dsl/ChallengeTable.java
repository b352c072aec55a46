package org.maskmine.dsl;

import org.maskmine.data.Part;
import org.maskmine.data.Structure;
import org.maskmine.scoring.Convention;
import org.maskmine.scoring.Detection;
import org.maskmine.scoring.Gate;
import org.maskmine.scoring.Scores;
import org.maskmine.scoring.Summary;
import org.maskmine.scoring.TumourBurden;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** The scores of the LiTS challenge's table, per part. */
final class ChallengeTable {
  private final Table table =
      Table.create(
          "scores inside the predicted liver",
          StringColumn.create("part"),
          DoubleColumn.create("lesion Dice per case"),
          DoubleColumn.create("lesion Dice global"),
          DoubleColumn.create("lesion VOE"),
          DoubleColumn.create("lesion RVD"),
          DoubleColumn.create("precision > 0"),
          DoubleColumn.create("recall > 0"),
          DoubleColumn.create("precision > 0.5"),
          DoubleColumn.create("recall > 0.5"),
          DoubleColumn.create("tumour burden RMSE"),
          DoubleColumn.create("tumour burden max"),
          DoubleColumn.create("liver Dice per case"),
          DoubleColumn.create("liver Dice global"));

  private ChallengeTable() {}

  static Table of(Scores scores, Convention convention) {
    var made = new ChallengeTable();
    for (Part part : Part.values()) {
      Scores lesion = scores.of(part, Structure.LESION, Gate.PREDICTED_LIVER);
      Scores liver = scores.of(part, Structure.LIVER, Gate.NONE);
      if (!lesion.cases().isEmpty()) {
        made.row(part, lesion, liver, scores.burden(part), convention);
      }
    }
    return made.table;
  }

  private void row(
      Part part, Scores lesion, Scores liver, TumourBurden burden, Convention convention) {
    Detection found = lesion.lesions();
    table.stringColumn(0).append(part.label());
    double[] values = {
      lesion.meanDice(convention),
      lesion.total().dice(),
      1 - mean(lesion, false),
      mean(lesion, true),
      found.precision(0),
      found.recall(0),
      found.precision(0.5),
      found.recall(0.5),
      burden.rmse(),
      burden.largest(),
      liver.meanDice(convention),
      liver.total().dice()
    };
    for (int k = 0; k < values.length; k++) {
      table.doubleColumn(k + 1).append(values[k]);
    }
  }

  /** Mean over the cases' volume errors, else over their Jaccard indices. */
  private static double mean(Scores scores, boolean volume) {
    return Summary.of(
            scores.cases().stream()
                .map(c -> c.confusion())
                .mapToDouble(c -> volume ? c.volumeError() : c.jaccard()))
        .mean();
  }
}
