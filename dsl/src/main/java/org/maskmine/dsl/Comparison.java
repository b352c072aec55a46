package org.maskmine.dsl;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.maskmine.UserError;
import org.maskmine.Worker;
import org.maskmine.data.Case;
import org.maskmine.data.Dataset;
import org.maskmine.data.Part;
import org.maskmine.data.Structure;
import org.maskmine.dsl.figure.Bar;
import org.maskmine.dsl.figure.BarGroup;
import org.maskmine.dsl.figure.Chart;
import org.maskmine.dsl.figure.ErrorColors;
import org.maskmine.dsl.figure.Figures;
import org.maskmine.dsl.figure.Picture;
import org.maskmine.dsl.figure.PictureOption;
import org.maskmine.dsl.figure.Plane;
import org.maskmine.dsl.figure.RunCurve;
import org.maskmine.dsl.figure.RunDice;
import org.maskmine.dsl.figure.RunLesions;
import org.maskmine.dsl.figure.SliceViewer;
import org.maskmine.dsl.figure.ViewedCase;
import org.maskmine.dsl.view.ProgressBar;
import org.maskmine.dsl.view.View;
import org.maskmine.dsl.view.Viewable;
import org.maskmine.dsl.view.Views;
import org.maskmine.mining.ErrorMask;
import org.maskmine.scoring.CaseScore;
import org.maskmine.scoring.Gate;
import org.maskmine.volume.Mask;
import tech.tablesaw.api.Table;

/**
 * Runs on the same data, side by side: base, control, retrained, round after round; runs that
 * differ in their seed alone are one row.
 */
public final class Comparison implements Viewable {
  private final List<RunGroup> groups;
  private final Dataset data;
  private final Structure shown;
  private final Gate gate;

  private Comparison(List<RunGroup> groups, Dataset data) {
    this.groups = groups;
    this.data = data;
    this.shown = RunGroup.shown(groups);
    this.gate = RunGroup.gate(shown);
  }

  static Comparison of(List<Run> runs) {
    if (runs.isEmpty() || runs.stream().anyMatch(Objects::isNull)) {
      throw new UserError("compare(…): needs runs that were trained; give at least one");
    }
    Run first = runs.get(0);
    for (Run run : runs) {
      if (!fingerprint(run).equals(fingerprint(first))) {
        throw new UserError(
            "compare("
                + first.id()
                + ", "
                + run.id()
                + "): they were trained on different data; compare runs on the same data");
      }
    }
    return new Comparison(RunGroup.of(runs), first.dataset());
  }

  private static String fingerprint(Run run) {
    return run.stored().info().data().fingerprint();
  }

  /**
   * A row per run, or per recipe where it was trained from several seeds. Lesions inside the true
   * liver unless said otherwise; Dice is the mean over cases with a lesion or a prediction, voxels
   * are counted over all cases together; of several seeds means.
   */
  public Table table() {
    return new ComparisonTable(groups).table();
  }

  /**
   * Writes the table: {@code .csv}, {@code .md}, {@code .tex} (booktabs) or {@code .xlsx}.
   *
   * @return where it lies now
   * @throws UserError for another ending, or where the file cannot be written
   */
  public Path save(String file) {
    return new ComparisonTable(groups).sheet().save(file);
  }

  /**
   * False positives, false negatives and true positives on the validation cases (Fig. 4), for each
   * pipeline: of lesions, or of the liver where not every run segments lesions.
   */
  public Chart figure4() {
    Map<String, List<Bar>> bars = new LinkedHashMap<>();
    List<String> labels = RunLabels.of(groups, false);
    for (int i = 0; i < groups.size(); i++) {
      RunGroup g = groups.get(i);
      bars.computeIfAbsent(g.pipeline(), p -> new ArrayList<>())
          .add(new Bar(labels.get(i), g.role(), g.voxels(Part.VALIDATION, shown, gate)));
    }
    return Figures.errorBars(
        title() + " voxels, validation set",
        bars.entrySet().stream().map(e -> new BarGroup(e.getKey(), e.getValue())).toList());
  }

  /**
   * A line per validation case from its Dice in the first run to that in each other.
   *
   * @throws UserError where there is only one run
   */
  public Chart dicePairs() {
    two("dicePairs");
    List<String> labels = RunLabels.of(groups, true);
    List<RunDice> runs = new ArrayList<>();
    List<String> cases = List.copyOf(groups.get(0).dice(Part.VALIDATION, shown, gate).keySet());
    for (int i = 0; i < groups.size(); i++) {
      RunGroup g = groups.get(i);
      Map<String, Double> dice = g.dice(Part.VALIDATION, shown, gate);
      runs.add(
          new RunDice(
              labels.get(i),
              g.role(),
              cases.stream().mapToDouble(c -> dice.getOrDefault(c, Double.NaN)).toArray()));
    }
    return Figures.dicePairs(title() + " Dice, validation cases", runs);
  }

  /**
   * Precision over recall of lesion voxels on the validation cases, inside the true liver, as the
   * threshold moves; of several seeds the first. Predicts the cases anew.
   */
  public Chart recallPrecision() {
    List<String> labels = RunLabels.of(groups, true);
    List<RunCurve> curves = new ArrayList<>();
    try (var progress = new ProgressBar()) {
      for (int i = 0; i < groups.size(); i++) {
        curves.add(RecallPrecisionScores.of(groups.get(i), labels.get(i), progress));
      }
      progress.finish();
    }
    return Figures.recallPrecision("Lesion voxels, validation set", curves);
  }

  /**
   * The share of the validation cases' true lesions that each run finds, by diameter.
   *
   * @throws UserError where the runs are too old to know their lesions
   */
  public Chart lesionSizes() {
    List<String> labels = RunLabels.of(groups, true);
    List<RunLesions> runs = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      RunGroup g = groups.get(i);
      var lesions =
          g.of(Part.VALIDATION, Structure.LESION, Gate.TRUE_LIVER).stream()
              .flatMap(s -> s.lesions().truths().stream())
              .toList();
      if (lesions.isEmpty()) {
        throw new UserError(
            "lesionSizes: "
                + g.first().id()
                + " has no scores of single lesions in the validation cases; train it again");
      }
      runs.add(new RunLesions(labels.get(i), g.role(), lesions));
    }
    return Figures.lesionSizes("Lesions found, validation set", runs);
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
    two("figure1");
    Case c = data.find(caseId);
    Map<String, Mask> errors = new LinkedHashMap<>();
    List<String> labels = RunLabels.of(groups, true);
    for (RunGroup g : List.of(groups.get(0), boosted())) {
      errors.put(labels.get(groups.indexOf(g)), CaseErrors.of(g.first(), c, shown));
    }
    return Figures.segmentations(
        slices.scan(c), shown.label(), errors, slices.zoom(), slices.colors());
  }

  /**
   * A case with its truth and every run's lesion errors to walk through in the cell.
   *
   * @param caseId any labelled case
   * @param options {@link Maskmine#errorColors}
   * @throws UserError where there is no such case, or it has no labels
   */
  public SliceViewer viewer(String caseId, PictureOption... options) {
    Case c = data.find(caseId);
    ErrorColors colors = Slices.of(0, options).colors();
    List<String> labels = RunLabels.of(groups, true);
    List<ViewedCase.Layer> layers = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      Mask errors = CaseErrors.of(groups.get(i).first(), c, shown);
      layers.add(ViewedCase.Layer.errors(labels.get(i), errors, colors));
    }
    Mask truth = c.labels().orElseThrow();
    layers.add(0, ViewedCase.Layer.truth(truth));
    return new SliceViewer(
        List.of(new ViewedCase(c.id(), c.image(), truth.where(l -> l > 0), layers)));
  }

  private String title() {
    return shown == Structure.LESION ? "Lesion" : "Liver";
  }

  private void two(String figure) {
    if (groups.size() < 2) {
      throw new UserError(figure + ": needs two runs; compare(base, retrained)");
    }
  }

  private RunGroup boosted() {
    return groups.stream()
        .filter(g -> g.role() == Bar.Role.RECALL)
        .findFirst()
        .orElse(groups.get(groups.size() - 1));
  }

  /** The validation case where the boosted run misses least of what the base missed. */
  private Picture figure1() {
    Map<String, Long> gained = missed(groups.get(0));
    missed(boosted()).forEach((id, fn) -> gained.merge(id, -fn, Long::sum));
    String best =
        gained.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
    Case c = data.find(best);
    Mask missed = CaseErrors.of(groups.get(0).first(), c, shown);
    Mask found = CaseErrors.of(boosted().first(), c, shown);
    byte[] recovered = new byte[found.values().length];
    for (int i = 0; i < recovered.length; i++) {
      boolean now = missed.values()[i] == ErrorMask.FN && found.values()[i] == ErrorMask.TP;
      recovered[i] = (byte) (now ? 1 : 0);
    }
    int slice = Plane.AXIAL.fullest(new Mask(c.geometry(), recovered), v -> v != 0);
    return figure1(best, slice);
  }

  /** Of the first seed, whose masks are drawn. */
  private Map<String, Long> missed(RunGroup group) {
    Map<String, Long> missed = new LinkedHashMap<>();
    for (CaseScore c : group.of(Part.VALIDATION, shown, gate).get(0).cases()) {
      missed.put(c.caseId(), c.confusion().fn());
    }
    return missed;
  }

  @Override
  public View view() {
    if (groups.size() == 1) {
      return Views.stack(new ComparisonTable(groups).sheet());
    }
    // Fig. 1 may have to be predicted first, which takes longer than all the rest.
    CompletableFuture<View> upper =
        CompletableFuture.supplyAsync(
            () -> Views.stack(new ComparisonTable(groups).sheet(), figure4(), dicePairs()));
    Picture segmentations = figure1();
    try {
      return Views.stack(upper.join(), segmentations);
    } catch (CompletionException e) {
      throw Worker.rethrown(e.getCause());
    }
  }

  @Override
  public String toString() {
    return "Comparison(" + String.join(", ", RunLabels.of(groups, true)) + ")";
  }
}
