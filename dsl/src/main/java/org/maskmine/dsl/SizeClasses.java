package org.maskmine.dsl;

import java.util.Locale;
import org.maskmine.scoring.Detection;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Lesion detection by diameter. */
final class SizeClasses {
  private static final double[] FROM_MM = {0, 10, 20, 30, 50, Double.POSITIVE_INFINITY};

  private SizeClasses() {}

  /** A row per class that holds a lesion, true or predicted, and one for all. */
  static Table table(Detection lesions) {
    var size = StringColumn.create("diameter, mm");
    var truths = IntColumn.create("lesions");
    var found = IntColumn.create("found");
    var missed = IntColumn.create("missed");
    var falseAlarms = IntColumn.create("false alarms");
    var recall = DoubleColumn.create("recall");
    var f1 = DoubleColumn.create("F1");
    for (int k = 0; k < FROM_MM.length; k++) {
      boolean all = k == FROM_MM.length - 1;
      Detection of = all ? lesions : lesions.ofSize(FROM_MM[k], FROM_MM[k + 1]);
      if (all || of.truths().size() + of.predictions().size() > 0) {
        size.append(all ? "all" : label(k));
        truths.append(of.truths().size());
        found.append(of.found(0));
        missed.append(of.missed(0));
        falseAlarms.append(of.falseAlarms(0));
        recall.append(of.recall(0));
        f1.append(of.f1(0));
      }
    }
    return Table.create("lesions by size", size, truths, found, missed, falseAlarms, recall, f1);
  }

  private static String label(int k) {
    return k == FROM_MM.length - 2
        ? String.format(Locale.ROOT, "%.0f and more", FROM_MM[k])
        : String.format(Locale.ROOT, "%.0f to %.0f", FROM_MM[k], FROM_MM[k + 1]);
  }
}
