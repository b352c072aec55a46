package org.maskmine.dsl;

import java.util.List;
import org.maskmine.data.Structure;
import org.maskmine.mining.Dial;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.Table;

/** A recall–precision curve as a table. */
final class DialTable {
  private DialTable() {}

  static Table of(Structure structure, List<Dial.Position> curve) {
    var threshold = DoubleColumn.create("threshold");
    var fp = LongColumn.create("FP");
    var fn = LongColumn.create("FN");
    var tp = LongColumn.create("TP");
    var recall = DoubleColumn.create("recall");
    var precision = DoubleColumn.create("precision");
    var dice = DoubleColumn.create("mean Dice");
    for (Dial.Position p : curve) {
      threshold.append(p.threshold());
      fp.append(p.total().fp());
      fn.append(p.total().fn());
      tp.append(p.total().tp());
      recall.append(p.total().recall());
      precision.append(p.total().precision());
      dice.append(p.dice().mean());
    }
    return Table.create(
        structure.label() + "s, validation, by threshold",
        threshold,
        fp,
        fn,
        tp,
        recall,
        precision,
        dice);
  }
}
