package org.maskmine.dsl;

import java.util.ArrayDeque;
import java.util.Deque;
import org.maskmine.data.Part;
import org.maskmine.data.Structure;
import org.maskmine.scoring.Gate;
import org.maskmine.scoring.Scores;
import org.maskmine.training.RunStore;
import org.maskmine.training.StoredRun;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** A run and those it was retrained from, round by round. */
final class RoundsTable {
  private RoundsTable() {}

  static Table of(StoredRun last, RunStore store) {
    var round = IntColumn.create("round");
    var id = StringColumn.create("run");
    var epochs = IntColumn.create("epochs");
    var dice = DoubleColumn.create("validation Dice");
    var fp = LongColumn.create("FP");
    var fn = LongColumn.create("FN");
    var tp = LongColumn.create("TP");
    var seconds = DoubleColumn.create("seconds");
    for (StoredRun run : fromTheBase(last, store)) {
      Structure shown =
          run.recipe().structures().contains(Structure.LESION) ? Structure.LESION : Structure.LIVER;
      Gate gate = shown == Structure.LESION ? Gate.TRUE_LIVER : Gate.NONE;
      Scores scores = run.scores().of(Part.VALIDATION, shown, gate);
      round.append(round.size());
      id.append(run.id());
      epochs.append(run.curve(shown).size());
      dice.append(scores.meanDice());
      fp.append(scores.total().fp());
      fn.append(scores.total().fn());
      tp.append(scores.total().tp());
      seconds.append(run.info().seconds());
    }
    return Table.create("rounds", round, id, epochs, dice, fp, fn, tp, seconds);
  }

  private static Deque<StoredRun> fromTheBase(StoredRun last, RunStore store) {
    Deque<StoredRun> runs = new ArrayDeque<>();
    StoredRun run = last;
    runs.push(run);
    for (String parent = run.info().parent(); parent != null; parent = run.info().parent()) {
      run = store.run(parent);
      runs.push(run);
    }
    return runs;
  }
}
