package org.maskmine.dsl;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.maskmine.UserError;
import org.maskmine.data.Dataset;
import org.maskmine.data.Part;
import org.maskmine.data.Structure;
import org.maskmine.dsl.figure.Chart;
import org.maskmine.dsl.figure.Column;
import org.maskmine.dsl.figure.Curve;
import org.maskmine.dsl.figure.Figures;
import org.maskmine.dsl.figure.PipelineFigure;
import org.maskmine.dsl.view.Figure;
import org.maskmine.dsl.view.ProgressBar;
import org.maskmine.dsl.view.View;
import org.maskmine.dsl.view.Viewable;
import org.maskmine.dsl.view.Views;
import org.maskmine.mining.Dial;
import org.maskmine.scoring.Convention;
import org.maskmine.scoring.Gate;
import org.maskmine.scoring.Scores;
import org.maskmine.scoring.SurfaceScore;
import org.maskmine.training.Epoch;
import org.maskmine.training.Head;
import org.maskmine.training.Scorer;
import org.maskmine.training.StageRecipe;
import org.maskmine.training.StoredRun;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** A trained run: its networks, curves and scores, on disk. */
public final class Run implements Viewable {
  private final StoredRun stored;
  private final Dataset dataset;
  private final boolean returned;

  /**
   * @param returned whether it was in the store already and nothing had to be trained
   */
  Run(StoredRun stored, Dataset dataset, boolean returned) {
    this.stored = stored;
    this.dataset = dataset;
    this.returned = returned;
  }

  StoredRun stored() {
    return stored;
  }

  Dataset dataset() {
    return dataset;
  }

  /** The name under which {@code run(id)} finds it again. */
  public String id() {
    return stored.id();
  }

  /**
   * The folder that holds the run: {@code run.json}, {@code scores.json}, the weights as {@code
   * *.kept.safetensors}, and once mined {@code errors/*.nii.gz}.
   */
  public Path folder() {
    return stored.folder();
  }

  /** Scores per part: Dice as the mean over cases, voxel counts over all cases together. */
  public Table table() {
    var part = StringColumn.create("part");
    var structure = StringColumn.create("structure");
    var gate = StringColumn.create("scored inside");
    var dice = DoubleColumn.create("mean Dice");
    var n = IntColumn.create("n");
    var fp = LongColumn.create("FP");
    var fn = LongColumn.create("FN");
    var tp = LongColumn.create("TP");
    Scores all = stored.scores();
    for (Part p : Part.values()) {
      for (Structure s : Structure.values()) {
        for (Gate g : Gate.values()) {
          Scores scores = all.of(p, s, g);
          if (!scores.cases().isEmpty()) {
            part.append(p.label());
            structure.append(s.label());
            gate.append(g.label());
            dice.append(scores.meanDice());
            n.append(scores.cases().size() - scores.emptyPairs());
            fp.append(scores.total().fp());
            fn.append(scores.total().fn());
            tp.append(scores.total().tp());
          }
        }
      }
    }
    return Table.create(id(), part, structure, gate, dice, n, fp, fn, tp);
  }

  /** Every setting of the run, and whether it is the paper's, the authors' code's or ours. */
  public Table recipe() {
    return RecipeTable.of(stored);
  }

  /**
   * The recall–precision curve of this run on the validation cases, inside the true liver: its
   * masks if a voxel were foreground from another probability on. Its own is ½, with {@link
   * Maskmine#dice} on a scale where that is p(TP) = ⅕.
   */
  public Table dial() {
    Structure shown =
        stored.recipe().structures().contains(Structure.LESION)
            ? Structure.LESION
            : Structure.LIVER;
    try (var progress = new ProgressBar()) {
      List<Dial.Position> curve = Dial.of(stored, dataset, shown, Part.VALIDATION, progress);
      progress.finish();
      return DialTable.of(shown, curve);
    }
  }

  /** A row per round of mining and retraining, from the base run to this one. */
  public Table rounds() {
    return RoundsTable.of(stored, Home.runs());
  }

  /**
   * Lesions found, missed and invented on the validation cases, by size, inside the predicted
   * liver; a lesion is found where any of its voxels is.
   */
  public Table lesions() {
    return SizeClasses.table(
        stored.scores().of(Part.VALIDATION, Structure.LESION, Gate.PREDICTED_LIVER).lesions());
  }

  /**
   * Scores by another convention: {@link Maskmine#LITS}, as the LiTS challenge counts (Bilic et al.
   * 2023). A case without lesion and prediction has Dice 1; lesions are matched above an overlap of
   * 0 and of ½; everything inside the predicted liver.
   */
  public Table scoring(Convention convention) {
    return ChallengeTable.of(stored.scores(), convention);
  }

  /**
   * Surface distances per structure and gate, as means over the cases of a part where both surfaces
   * exist, in millimetres; predicts anew.
   *
   * @param toleranceMm of the surface Dice
   */
  public Table surfaces(Part part, double toleranceMm) {
    try (var progress = new ProgressBar()) {
      List<SurfaceScore> scores = Scorer.surfaces(stored, dataset, part, toleranceMm, progress);
      progress.finish();
      return SurfaceTable.of(scores, toleranceMm);
    }
  }

  /** Training loss and validation Dice of every network, epoch by epoch. */
  public Chart curves() {
    List<Curve> curves = new ArrayList<>();
    for (StageRecipe stage : stored.recipe().stages()) {
      List<Epoch> epochs = stored.curve(stage.structure());
      if (!epochs.isEmpty()) {
        curves.add(curve(stage, epochs));
      }
    }
    return Figures.curves("Training of " + id(), curves);
  }

  /** This run's pipeline above its networks (Fig. 3). */
  public Column figure3() {
    List<Head> heads = heads();
    return Figures.pipeline(
        stored.recipe().pipeline() + ", " + id(),
        heads.stream()
            .map(
                h ->
                    new PipelineFigure.Stage(
                        h.structure(), h.network().kind(), h.readOut().classes()))
            .toList(),
        isCombined(),
        heads.stream().map(this::network).toList());
  }

  /**
   * One network of this run, drawn.
   *
   * @throws UserError where this run has no network for the structure
   */
  public Figure network(Structure structure) {
    return heads().stream()
        .filter(h -> h.structure() == structure)
        .findFirst()
        .map(this::network)
        .orElseThrow(
            () ->
                new UserError(
                    "network("
                        + structure
                        + "): "
                        + id()
                        + " has none; it segments "
                        + String.join(", ", heads().stream().map(Head::name).toList())));
  }

  private List<Head> heads() {
    return stored.recipe().stages().stream().flatMap(s -> s.heads().stream()).toList();
  }

  private Figure network(Head head) {
    boolean afterLiver = isCombined() && head.structure() == Structure.LESION;
    return Figures.network(head.name(), head.network(), head.readOut().classes(), afterLiver);
  }

  private boolean isCombined() {
    return stored.recipe().stages().stream().anyMatch(s -> s.heads().size() > 1);
  }

  private static Curve curve(StageRecipe stage, List<Epoch> epochs) {
    double[] loss = epochs.stream().mapToDouble(Epoch::trainingLoss).toArray();
    double[] dice = epochs.stream().mapToDouble(Epoch::validationDice).toArray();
    int kept = dice.length;
    if (stage.keep() == StageRecipe.Keep.BEST) {
      kept = 1;
      for (int e = 2; e <= dice.length; e++) {
        kept = dice[e - 1] > dice[kept - 1] ? e : kept;
      }
    }
    return new Curve(stage.structure(), loss, dice, kept);
  }

  @Override
  public View view() {
    var made = stored.info().made();
    String words =
        String.format(
            java.util.Locale.ROOT,
            "Run %s, trained in %.0f s on %s (started %s). It stays on disk: run(\"%s\").",
            id(),
            stored.info().seconds(),
            made.engine(),
            made.started(),
            id());
    return Views.stack(
        returned ? words + " Nothing was trained now: it was stored; again() trains anew." : words,
        curves(),
        table());
  }

  @Override
  public String toString() {
    return "Run(" + id() + ")";
  }
}
