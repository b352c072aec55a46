package org.maskmine.dsl;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.maskmine.UserError;
import org.maskmine.data.Case;
import org.maskmine.data.Part;
import org.maskmine.data.PreparedCase;
import org.maskmine.data.Structure;
import org.maskmine.dsl.figure.Bar;
import org.maskmine.dsl.figure.BarGroup;
import org.maskmine.dsl.figure.Chart;
import org.maskmine.dsl.figure.Figures;
import org.maskmine.dsl.figure.Picture;
import org.maskmine.dsl.figure.PictureOption;
import org.maskmine.dsl.view.View;
import org.maskmine.dsl.view.Viewable;
import org.maskmine.dsl.view.Views;
import org.maskmine.mining.ErrorMask;
import org.maskmine.scoring.Confusion;
import org.maskmine.scoring.Gate;
import org.maskmine.scoring.Scores;
import org.maskmine.training.Predictor;
import org.maskmine.training.RunInfo;
import org.maskmine.volume.Mask;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Runs on the same data, side by side. */
public final class Comparison implements Viewable {
  private final List<Run> runs;

  private Comparison(List<Run> runs) {
    this.runs = List.copyOf(runs);
  }

  static Comparison of(List<Run> runs) {
    if (runs.isEmpty() || runs.stream().anyMatch(java.util.Objects::isNull)) {
      throw new UserError("compare(…): needs runs that were trained; give at least one");
    }
    String fingerprint = runs.get(0).stored().info().data().fingerprint();
    for (Run run : runs) {
      if (!run.stored().info().data().fingerprint().equals(fingerprint)) {
        throw new UserError(
            "compare("
                + runs.get(0).id()
                + ", "
                + run.id()
                + "): they were trained on different data; compare runs on the same data");
      }
    }
    return new Comparison(runs);
  }

  /**
   * A row per run. Lesions inside the true liver unless said otherwise; Dice is the mean over cases
   * with a lesion or a prediction, voxels are counted over all cases together.
   */
  public Table table() {
    var id = StringColumn.create("run");
    var epochs = IntColumn.create("lesion epochs");
    var dice = DoubleColumn.create("validation Dice");
    var fp = LongColumn.create("FP");
    var fn = LongColumn.create("FN");
    var tp = LongColumn.create("TP");
    var predicted = DoubleColumn.create("Dice in predicted liver");
    var test = DoubleColumn.create("test Dice");
    var liver = DoubleColumn.create("liver Dice");
    var seconds = DoubleColumn.create("seconds");
    for (Run run : runs) {
      Scores scores = run.stored().scores();
      Scores lesions = lesions(run);
      id.append(run.id());
      epochs.append(run.stored().recipe().stage(Structure.LESION).epochs());
      dice.append(rounded(lesions.meanDice()));
      fp.append(lesions.total().fp());
      fn.append(lesions.total().fn());
      tp.append(lesions.total().tp());
      predicted.append(
          rounded(scores.of(Part.VALIDATION, Structure.LESION, Gate.PREDICTED_LIVER).meanDice()));
      test.append(rounded(scores.of(Part.TEST, Structure.LESION, Gate.TRUE_LIVER).meanDice()));
      liver.append(rounded(scores.of(Part.VALIDATION, Structure.LIVER, Gate.NONE).meanDice()));
      seconds.append(Math.rint(run.stored().info().seconds()));
    }
    return Table.create("lesions", id, epochs, dice, fp, fn, tp, predicted, test, liver, seconds);
  }

  private static double rounded(double dice) {
    return Math.rint(dice * 1000) / 1000;
  }

  private static Scores lesions(Run run) {
    return run.stored().scores().of(Part.VALIDATION, Structure.LESION, Gate.TRUE_LIVER);
  }

  /**
   * False positives, false negatives and true positives of lesions on the validation cases (Fig.
   * 4).
   */
  public Chart figure4() {
    List<Bar> bars = new ArrayList<>();
    for (Run run : runs) {
      Confusion total = lesions(run).total();
      bars.add(new Bar(label(run), role(run), total));
    }
    String pipeline = runs.get(0).stored().recipe().pipeline();
    return Figures.errorBars(
        "Lesion voxels, validation set", List.of(new BarGroup(pipeline, bars)));
  }

  private String label(Run run) {
    String kind = run.stored().info().kind();
    long same = runs.stream().filter(r -> r.stored().info().kind().equals(kind)).count();
    return same == 1 ? kind : run.id();
  }

  private static Bar.Role role(Run run) {
    return switch (run.stored().info().kind()) {
      case "dice" -> Bar.Role.RECALL;
      case "pwce" -> Bar.Role.ROBUSTNESS;
      case "control" -> Bar.Role.CONTROL;
      default -> Bar.Role.INITIAL;
    };
  }

  /**
   * Image, base and boosted segmentation (Fig. 1): lesion errors of the first run and of the first
   * that was retrained with dice, else of the last.
   *
   * @param caseId any labelled case, such as {@code volume-33}
   * @param slice from 0
   * @param options the plane, {@link Maskmine#zoom}, {@link Maskmine#errorColors}
   * @throws UserError where there is no such case or slice, or only one run
   */
  public Picture figure1(String caseId, int slice, PictureOption... options) {
    return figure1(caseId, Slices.of(slice, options));
  }

  /** Several slices as a strip, as {@link #figure1(String, int, PictureOption...)}. */
  public Picture figure1(String caseId, SliceRange slices, PictureOption... options) {
    return figure1(caseId, Slices.of(slices.all(), options));
  }

  private Picture figure1(String caseId, Slices slices) {
    if (runs.size() < 2) {
      throw new UserError("figure1: needs two runs; compare(base, retrained)");
    }
    Run base = runs.get(0);
    Run boosted = boosted();
    Case c = base.dataset().find(caseId);
    if (c.labels().isEmpty()) {
      throw new UserError("case \"" + caseId + "\": has no labels to compare with; choose another");
    }
    Map<String, Mask> errors = new LinkedHashMap<>();
    errors.put(label(base), errors(base, c));
    errors.put(label(boosted), errors(boosted, c));
    return Figures.segmentations(
        slices.scan(c), Structure.LESION.label(), errors, slices.zoom(), slices.colors());
  }

  private Run boosted() {
    return runs.stream()
        .filter(r -> role(r) == Bar.Role.RECALL)
        .findFirst()
        .orElse(runs.get(runs.size() - 1));
  }

  private static Mask errors(Run run, Case c) {
    try (var predictor = Predictor.open(run.stored())) {
      PreparedCase prepared = predictor.prepare(c);
      var truth = new Mask(c.geometry(), prepared.truth(Structure.LESION));
      return ErrorMask.of(predictor.asTrained(prepared, Structure.LESION), truth);
    }
  }

  /** The validation case and slice where the boosted run finds most that the base missed. */
  private Picture figure1() {
    Run base = runs.get(0);
    Run boosted = boosted();
    List<Case> cases = base.dataset().of(Part.VALIDATION);
    Case best = cases.get(0);
    int slice = 0;
    int most = -1;
    for (Case c : cases) {
      Mask before = errors(base, c);
      Mask after = errors(boosted, c);
      byte[] found = new byte[before.values().length];
      for (int i = 0; i < found.length; i++) {
        boolean recovered = before.values()[i] == ErrorMask.FN && after.values()[i] == ErrorMask.TP;
        found[i] = (byte) (recovered ? 1 : 0);
      }
      var mask = new Mask(c.geometry(), found);
      if (mask.count(1) > most) {
        most = mask.count(1);
        best = c;
        slice = Slices.fullest(mask);
      }
    }
    return figure1(best.id(), slice);
  }

  /** What a reader has to know; the control where it is missing. */
  private String remark() {
    int empty = lesions(runs.get(0)).emptyPairs();
    int n = lesions(runs.get(0)).cases().size() - empty;
    String remark =
        "Lesions, n = "
            + n
            + " validation cases, inside the true liver unless said otherwise; "
            + empty
            + " cases with neither lesion nor prediction are left out of the mean.";
    boolean retrained = runs.stream().map(Run::stored).anyMatch(r -> isRetrained(r.info()));
    boolean controlled = runs.stream().anyMatch(r -> r.stored().info().kind().equals("control"));
    return retrained && !controlled
        ? remark
            + " The control is missing: without retrain(errors, control()) nobody can tell"
            + " mining from longer training."
        : remark;
  }

  private static boolean isRetrained(RunInfo info) {
    return Optional.ofNullable(info.parent()).isPresent() && !info.kind().equals("control");
  }

  @Override
  public View view() {
    return runs.size() == 1
        ? Views.stack(remark(), table())
        : Views.stack(remark(), table(), figure4(), figure1());
  }

  @Override
  public String toString() {
    return "Comparison(" + String.join(", ", runs.stream().map(Run::id).toList()) + ")";
  }
}
