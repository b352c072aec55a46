package org.maskmine.dsl;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.maskmine.data.Structure;
import org.maskmine.scoring.Gate;
import org.maskmine.scoring.Summary;
import org.maskmine.scoring.SurfaceDistances;
import org.maskmine.scoring.SurfaceScore;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Surface distances as a table: means over the cases where both surfaces exist. */
final class SurfaceTable {
  private SurfaceTable() {}

  static Table of(List<SurfaceScore> scores, double toleranceMm) {
    var structure = StringColumn.create("structure");
    var gate = StringColumn.create("scored inside");
    var assd = DoubleColumn.create("ASSD, mm");
    var hd95 = DoubleColumn.create("HD95, mm");
    var dice = DoubleColumn.create("surface Dice at " + toleranceMm + " mm");
    var n = IntColumn.create("n");
    var leftOut = IntColumn.create("left out, empty");
    for (Structure s : Structure.values()) {
      for (Gate g : Gate.values()) {
        List<SurfaceScore> of =
            scores.stream().filter(c -> c.structure() == s && c.gate() == g).toList();
        if (!of.isEmpty()) {
          structure.append(s.label());
          gate.append(g.label());
          Summary mean = mean(of, SurfaceDistances::assdMm);
          assd.append(mean.mean());
          hd95.append(mean(of, SurfaceDistances::hd95Mm).mean());
          dice.append(mean(of, SurfaceDistances::surfaceDice).mean());
          n.append(mean.n());
          leftOut.append(of.size() - mean.n());
        }
      }
    }
    return Table.create("surfaces", structure, gate, assd, hd95, dice, n, leftOut);
  }

  private static Summary mean(List<SurfaceScore> scores, ToDoubleFunction<SurfaceDistances> value) {
    return Summary.of(scores.stream().flatMap(s -> s.distances().stream()).mapToDouble(value));
  }
}
