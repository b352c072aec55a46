package org.maskmine.dsl;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maskmine.data.Part;
import org.maskmine.data.Structure;
import org.maskmine.dsl.view.Sheet;
import org.maskmine.dsl.view.Sheet.Cell;
import org.maskmine.dsl.view.Sheet.Tone;
import org.maskmine.scoring.Confusion;
import org.maskmine.scoring.Gate;
import org.maskmine.scoring.PairedDifference;
import org.maskmine.scoring.Scores;
import org.maskmine.scoring.Summary;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** The scores of compared runs, as numbers and as they are read. */
final class ComparisonTable {
  private final List<RunGroup> groups;
  private final Structure shown;
  private final Gate gate;

  ComparisonTable(List<RunGroup> groups) {
    this.groups = groups;
    this.shown = RunGroup.shown(groups);
    this.gate = RunGroup.gate(shown);
  }

  Table table() {
    var run = StringColumn.create("run");
    var seeds = IntColumn.create("seeds");
    var epochs = IntColumn.create("lesion epochs");
    var dice = DoubleColumn.create("validation Dice");
    var spread = DoubleColumn.create("± over seeds");
    var change = DoubleColumn.create("against base");
    var low = DoubleColumn.create("95 % from");
    var high = DoubleColumn.create("95 % to");
    var fp = LongColumn.create("FP");
    var fn = LongColumn.create("FN");
    var tp = LongColumn.create("TP");
    var predicted = DoubleColumn.create("Dice in predicted liver");
    var former = DoubleColumn.create("Dice in base run's liver");
    var test = DoubleColumn.create("test Dice");
    var liver = DoubleColumn.create("liver Dice");
    var seconds = DoubleColumn.create("seconds");
    for (RunGroup g : groups) {
      Summary scored = scored(g, Part.VALIDATION);
      Confusion voxels = g.voxels(Part.VALIDATION, shown, gate);
      Optional<PairedDifference> against = base(g).map(b -> difference(g, b));
      run.append(name(g));
      seeds.append(g.seeds().size());
      epochs.append(epochs(g));
      dice.append(rounded(scored.mean()));
      spread.append(rounded(scored.deviation()));
      change.append(rounded(against.map(PairedDifference::mean).orElse(Double.NaN)));
      low.append(rounded(against.map(PairedDifference::low).orElse(Double.NaN)));
      high.append(rounded(against.map(PairedDifference::high).orElse(Double.NaN)));
      fp.append(voxels.fp());
      fn.append(voxels.fn());
      tp.append(voxels.tp());
      predicted.append(rounded(gated(g).mean()));
      former.append(rounded(former(g).mean()));
      test.append(rounded(scored(g, Part.TEST).mean()));
      liver.append(rounded(liver(g).mean()));
      seconds.append(Math.rint(seconds(g)));
    }
    return Table.create(
        shown.label() + "s",
        run,
        seeds,
        epochs,
        dice,
        spread,
        change,
        low,
        high,
        fp,
        fn,
        tp,
        predicted,
        former,
        test,
        liver,
        seconds);
  }

  Sheet sheet() {
    boolean seeds = groups.stream().anyMatch(g -> g.seeds().size() > 1);
    boolean changes = groups.stream().anyMatch(g -> base(g).isPresent());
    boolean controls = groups.stream().anyMatch(g -> control(g).isPresent());
    boolean former = groups.stream().anyMatch(g -> former(g).n() > 0);
    List<List<Cell>> rows = new ArrayList<>();
    double best =
        groups.stream()
            .mapToDouble(g -> scored(g, Part.VALIDATION).mean())
            .max()
            .orElse(Double.NaN);
    for (RunGroup g : groups) {
      List<Cell> row = new ArrayList<>();
      row.add(Cell.words(name(g)));
      if (seeds) {
        row.add(count(g.seeds().size()));
      }
      row.add(count(epochs(g)));
      Summary dice = scored(g, Part.VALIDATION);
      row.add(score(dice).tone(dice.mean() == best && groups.size() > 1 ? Tone.BEST : Tone.PLAIN));
      if (changes) {
        row.add(change(g, base(g).orElse(null)));
      }
      if (controls) {
        row.add(change(g, control(g).orElse(null)));
      }
      Confusion voxels = g.voxels(Part.VALIDATION, shown, gate);
      row.addAll(List.of(count(voxels.fp()), count(voxels.fn()), count(voxels.tp())));
      row.add(score(gated(g)));
      if (former) {
        Summary inFormer = former(g);
        row.add(inFormer.n() == 0 ? Cell.figure("") : score(inFormer));
      }
      row.add(score(scored(g, Part.TEST)));
      row.add(score(liver(g)));
      row.add(Cell.number(seconds(g), String.format(Locale.ROOT, "%.0f", seconds(g))));
      rows.add(row);
    }
    return new Sheet("", List.of(), columns(seeds, changes, controls, former), rows, notes());
  }

  private static List<String> columns(
      boolean seeds, boolean changes, boolean controls, boolean former) {
    List<String> columns = new ArrayList<>(List.of("run"));
    if (seeds) {
      columns.add("seeds");
    }
    columns.addAll(List.of("epochs", "Dice"));
    if (changes) {
      columns.add("Δ base");
    }
    if (controls) {
      columns.add("Δ control");
    }
    columns.addAll(List.of("FP", "FN", "TP", "Dice in predicted liver"));
    if (former) {
      columns.add("Dice in base run's liver");
    }
    columns.addAll(List.of("test Dice", "liver Dice", "time, s"));
    return columns;
  }

  /** A single run by its id, so that it can be opened again; seeds by what they have in common. */
  private String name(RunGroup g) {
    return g.seeds().size() == 1
        ? g.first().id()
        : RunLabels.of(groups, true).get(groups.indexOf(g));
  }

  private Optional<RunGroup> base(RunGroup g) {
    return groups.stream().filter(b -> b.round() == 0 && b.isOriginOf(g)).findFirst();
  }

  /** The control beside a retrained run. */
  private Optional<RunGroup> control(RunGroup g) {
    if (g.round() == 0 || g.kind().equals("control")) {
      return Optional.empty();
    }
    List<String> origin = g.lineage().subList(0, g.round());
    return groups.stream()
        .filter(c -> c.kind().equals("control") && c.round() == g.round())
        .filter(c -> c.lineage().subList(0, c.round()).equals(origin))
        .findFirst();
  }

  private PairedDifference difference(RunGroup g, RunGroup from) {
    return g.against(from, Part.VALIDATION, shown, gate);
  }

  private Cell change(RunGroup g, @Nullable RunGroup from) {
    if (from == null) {
      return Cell.figure("");
    }
    PairedDifference d = difference(g, from);
    if (d.n() == 0) {
      return Cell.figure("–");
    }
    Tone tone = d.low() > 0 ? Tone.BETTER : d.high() < 0 ? Tone.WORSE : Tone.PLAIN;
    return Cell.figure(signed(d.mean()) + " [" + signed(d.low()) + ", " + signed(d.high()) + "]")
        .tone(tone);
  }

  private static String signed(double value) {
    return String.format(Locale.ROOT, "%+.3f", value).replace('-', '−');
  }

  private static Cell count(long n) {
    return Cell.number(n, n >= 10_000 ? String.format(Locale.ROOT, "%,d", n) : Long.toString(n));
  }

  private static Cell score(Summary summary) {
    String text = summary.text(1, 3);
    return summary.n() == 1 ? Cell.number(summary.mean(), text) : Cell.figure(text);
  }

  private static int epochs(RunGroup g) {
    var recipe = g.first().stored().recipe();
    return recipe.stages().get(recipe.stages().size() - 1).epochs();
  }

  private static double seconds(RunGroup g) {
    return g.seeds().values().stream()
        .mapToDouble(r -> r.stored().info().seconds())
        .average()
        .orElse(Double.NaN);
  }

  private Summary scored(RunGroup g, Part part) {
    return g.over(part, shown, gate, Scores::meanDice);
  }

  /** Of lesions inside the base run's liver, where the liver network was retrained. */
  private static Summary former(RunGroup g) {
    return g.over(Part.VALIDATION, Structure.LESION, Gate.BASE_LIVER, Scores::meanDice);
  }

  private static Summary gated(RunGroup g) {
    return g.over(Part.VALIDATION, Structure.LESION, Gate.PREDICTED_LIVER, Scores::meanDice);
  }

  private static Summary liver(RunGroup g) {
    return g.over(Part.VALIDATION, Structure.LIVER, Gate.NONE, Scores::meanDice);
  }

  private static double rounded(double dice) {
    return Math.rint(dice * 1000) / 1000;
  }

  /** What a reader has to know; the control where it is missing. */
  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    Scores first = groups.get(0).of(Part.VALIDATION, shown, gate).get(0);
    int empty = first.emptyPairs();
    notes.add(
        (shown == Structure.LESION ? "Lesions, n = " : "Liver, n = ")
            + (first.cases().size() - empty)
            + " validation cases"
            + (shown == Structure.LESION ? ", inside the true liver unless said otherwise; " : "; ")
            + empty
            + " cases with neither truth nor prediction are left out of the mean. FP, FN and TP"
            + " are voxels of all cases together.");
    if (groups.stream().anyMatch(g -> base(g).isPresent())) {
      notes.add(
          "Δ is the mean difference of the cases' Dice with its 95 % bootstrap interval over cases;"
              + " blue: better, orange: worse, as far as these cases tell.");
    }
    if (groups.stream().anyMatch(g -> g.seeds().size() > 1)) {
      notes.add("± is the sample standard deviation over seeds; voxels and times are means.");
    }
    boolean retrained = groups.stream().anyMatch(g -> g.round() > 0 && !isControl(g));
    if (retrained && groups.stream().noneMatch(ComparisonTable::isControl)) {
      notes.add(
          "The control is missing: without retrain(errors, control()) nobody can tell mining from"
              + " longer training.");
    }
    return notes;
  }

  private static boolean isControl(RunGroup g) {
    return g.kind().equals("control");
  }
}
