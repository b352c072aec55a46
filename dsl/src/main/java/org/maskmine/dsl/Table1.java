package org.maskmine.dsl;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.maskmine.data.Part;
import org.maskmine.data.Structure;
import org.maskmine.dsl.view.Sheet;
import org.maskmine.dsl.view.Sheet.Cell;
import org.maskmine.dsl.view.Sheet.Span;
import org.maskmine.dsl.view.Sheet.Tone;
import org.maskmine.scoring.Gate;
import org.maskmine.scoring.Scores;
import org.maskmine.scoring.Summary;

/** The paper's Table 1 from a study's runs. */
final class Table1 {
  /** The rows of each pipeline in the paper, as it prints them (PAPER section 5). */
  private static final Map<String, List<List<String>>> PAPER =
      Map.of(
          "2D",
          List.of(
              List.of(
                  "96.9 ± 0.3",
                  "71.9 ± 0.4",
                  "95.9 ± 0.3",
                  "63.5 ± 0.6",
                  "95.3 ± 0.2",
                  "62.9 ± 0.3"),
              List.of(
                  "97.0 ± 0.1",
                  "73.7 ± 0.2",
                  "96.3 ± 0.2",
                  "64.9 ± 0.2",
                  "95.5 ± 0.3",
                  "63.5 ± 0.2")),
          "3D",
          List.of(
              List.of(
                  "92.2 ± 1.4",
                  "63.0 ± 0.8",
                  "91.4 ± 0.9",
                  "56.8 ± 2.0",
                  "91.2 ± 1.0",
                  "55.5 ± 0.9"),
              List.of(
                  "94.2 ± 0.3",
                  "66.1 ± 0.4",
                  "91.8 ± 0.6",
                  "57.7 ± 0.4",
                  "92.0 ± 0.4",
                  "56.5 ± 0.2")),
          "Cmb",
          List.of(
              List.of(
                  "94.5 ± 0.3",
                  "70.1 ± 0.5",
                  "92.9 ± 0.7",
                  "61.6 ± 0.5",
                  "93.4 ± 0.3",
                  "61.9 ± 0.2"),
              List.of(
                  "96.2 ± 0.5",
                  "72.3 ± 0.4",
                  "94.0 ± 0.3",
                  "63.4 ± 0.4",
                  "94.7 ± 0.3",
                  "63.0 ± 0.1")));

  private static final String MARK = "†";

  private final List<RunGroup> groups;
  private final List<Study.ChallengeScore> entered;
  private final int unlabelledTests;

  Table1(List<Run> runs, List<Study.ChallengeScore> entered, int unlabelledTests) {
    this.groups = RunGroup.of(runs);
    this.entered = entered;
    this.unlabelledTests = unlabelledTests;
  }

  Sheet sheet(boolean besidePaper) {
    List<List<Cell>> rows = new ArrayList<>();
    for (RunGroup base : groups.stream().filter(g -> g.round() == 0).toList()) {
      Optional<RunGroup> retrained = increased(base);
      String name = name(base.pipeline());
      rows.add(row(name, base, retrained, base));
      retrained.ifPresent(r -> rows.add(row("Inc.", r, Optional.of(base), base)));
      if (besidePaper && PAPER.containsKey(name)) {
        rows.add(printed(name + ", paper", PAPER.get(name).get(0)));
        rows.add(printed("Inc., paper", PAPER.get(name).get(1)));
      }
    }
    return new Sheet(
        "Dice, %",
        List.of(
            new Span("", 1),
            new Span("training", 2),
            new Span("validation", 2),
            new Span("test", 2),
            new Span("more than the base run", 2)),
        List.of("", "liver", "lesion", "liver", "lesion", "liver", "lesion", "epochs", "time"),
        rows,
        notes(besidePaper));
  }

  /** Dice retraining, as in the paper, else the first other than the control. */
  private Optional<RunGroup> increased(RunGroup base) {
    List<RunGroup> retrained =
        groups.stream()
            .filter(g -> g.round() == 1 && base.isOriginOf(g) && !g.kind().equals("control"))
            .toList();
    return retrained.stream()
        .filter(g -> g.kind().equals("dice"))
        .findFirst()
        .or(() -> retrained.stream().findFirst());
  }

  static String name(String pipeline) {
    return switch (pipeline) {
      case "cascade2d" -> "2D";
      case "cascade3d" -> "3D";
      case "combined2d" -> "Cmb";
      default -> pipeline;
    };
  }

  private List<Cell> row(String name, RunGroup g, Optional<RunGroup> rival, RunGroup base) {
    List<Cell> row = new ArrayList<>(List.of(Cell.words(name)));
    for (Part part : Part.values()) {
      for (Structure structure : Structure.values()) {
        row.add(cell(g, rival, part, structure));
      }
    }
    row.add(g == base ? Cell.figure("") : share(epochs(g), epochs(base)));
    row.add(g == base ? Cell.figure("") : share(seconds(g), seconds(base)));
    return row;
  }

  private Cell cell(RunGroup g, Optional<RunGroup> rival, Part part, Structure structure) {
    Summary summary = dice(g, part, structure);
    if (summary.n() == 0) {
      return part == Part.TEST ? fromServer(g, structure) : Cell.figure("–");
    }
    double other = rival.map(r -> dice(r, part, structure).mean()).orElse(Double.NaN);
    return Cell.figure(summary.text(100, 1)).tone(summary.mean() > other ? Tone.BEST : Tone.PLAIN);
  }

  private Cell fromServer(RunGroup g, Structure structure) {
    return entered.stream()
        .filter(e -> e.pipeline().equals(g.pipeline() + "()") && isOf(e, g))
        .filter(e -> e.structure() == structure)
        .reduce((a, b) -> b)
        .map(e -> Cell.figure(String.format(Locale.ROOT, "%.1f", 100 * e.dice()) + MARK))
        .orElse(Cell.figure("–"));
  }

  private static boolean isOf(Study.ChallengeScore entered, RunGroup g) {
    return entered.kind().equals(g.round() == 0 ? "base" : g.kind() + "()");
  }

  private static Summary dice(RunGroup g, Part part, Structure structure) {
    return g.over(part, structure, gate(g, structure), Scores::meanDice);
  }

  private static Gate gate(RunGroup g, Structure structure) {
    if (structure == Structure.LIVER) {
      return Gate.NONE;
    }
    return findsLiver(g) ? Gate.PREDICTED_LIVER : Gate.TRUE_LIVER;
  }

  private static boolean findsLiver(RunGroup g) {
    return g.first().stored().recipe().structures().contains(Structure.LIVER);
  }

  private static Cell share(double part, double whole) {
    return Cell.number(part / whole, String.format(Locale.ROOT, "+%.0f %%", 100 * part / whole));
  }

  private double epochs(RunGroup g) {
    RunGroup base =
        groups.stream().filter(b -> b.round() == 0 && b.isOriginOf(g)).findFirst().orElse(g);
    return Study.epochs(g.first(), base.first());
  }

  private static double seconds(RunGroup g) {
    return g.seeds().values().stream()
        .mapToDouble(r -> r.stored().info().seconds())
        .average()
        .orElse(Double.NaN);
  }

  private static List<Cell> printed(String name, List<String> figures) {
    List<Cell> row = new ArrayList<>(List.of(Cell.words(name).tone(Tone.MUTED)));
    figures.forEach(f -> row.add(Cell.figure(f).tone(Tone.MUTED)));
    row.add(Cell.figure(""));
    row.add(Cell.figure(""));
    return row;
  }

  private List<String> notes(boolean besidePaper) {
    Map<String, Integer> seeds = new LinkedHashMap<>();
    groups.forEach(g -> seeds.merge(name(g.pipeline()), g.seeds().size(), Math::max));
    List<String> notes = new ArrayList<>();
    int most = seeds.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    notes.add(
        "Mean Dice per case, mean ± sample standard deviation over "
            + most
            + (most == 1 ? " seed" : " seeds")
            + "; lesions inside the predicted liver; cases with neither lesion nor prediction are"
            + " left out. Inc. is the same pipeline retrained on its errors; bold is the better of"
            + " the two.");
    if (!groups.stream().allMatch(Table1::findsLiver)) {
      notes.add(
          "A network for lesions alone finds no liver: its lesions are scored inside the true one.");
    }
    if (unlabelledTests > 0) {
      notes.add(
          "– stands where nothing can be scored: "
              + unlabelledTests
              + (unlabelledTests == 1 ? " test case has" : " test cases have")
              + " no labels; enter what the challenge's server says with"
              + " challengeScore(…).");
    }
    if (!entered.isEmpty()) {
      notes.add(MARK + " entered by hand, from the challenge's server.");
    }
    if (besidePaper) {
      notes.add(
          "In italics: the paper's Table 1 (Roth et al. 2020), on LiTS; other data, other"
              + " numbers.");
    }
    return notes;
  }
}
