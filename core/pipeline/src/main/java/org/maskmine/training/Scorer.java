package org.maskmine.training;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maskmine.Behind;
import org.maskmine.Progress;
import org.maskmine.data.Case;
import org.maskmine.data.Dataset;
import org.maskmine.data.Part;
import org.maskmine.data.PreparedCase;
import org.maskmine.data.Structure;
import org.maskmine.scoring.CaseScore;
import org.maskmine.scoring.Confusion;
import org.maskmine.scoring.Detection;
import org.maskmine.scoring.Gate;
import org.maskmine.scoring.LesionMatching;
import org.maskmine.scoring.Scores;
import org.maskmine.scoring.SurfaceDistances;
import org.maskmine.scoring.SurfaceScore;
import org.maskmine.volume.Mask;

/** Compares what a run's networks predict with the truth, case by case. */
public final class Scorer {
  private Scorer() {}

  /** A structure's prediction inside a gate. */
  private record Predicted(Structure structure, Gate gate, Mask mask) {}

  /**
   * Scores every labelled case, in the order of the parts.
   *
   * @param base the run that the liver network was retrained from; null where it was not
   */
  static Scores score(StoredRun run, @Nullable StoredRun base, Dataset data, Progress progress) {
    List<CaseScore> scores = new ArrayList<>();
    try (var predictor = Predictor.open(run);
        var former = base == null ? null : Predictor.open(base);
        var scoring = new Behind()) {
      int done = 0;
      for (Part part : Part.values()) {
        for (Case c : data.of(part)) {
          progress.report("scoring", done++, data.cases().size(), c.id());
          if (c.isLabelled()) {
            PreparedCase prepared = predictor.prepare(c);
            var predicted = predicted(predictor, run.recipe().structures(), prepared);
            if (former != null) {
              Mask lesion = predictor.lesion(prepared, former.liver(prepared));
              predicted.add(new Predicted(Structure.LESION, Gate.BASE_LIVER, lesion));
            }
            scoring.run(() -> predicted.forEach(p -> scores.add(score(c, prepared, part, p))));
          }
        }
      }
    }
    return new Scores(scores);
  }

  private static List<Predicted> predicted(
      Predictor predictor, List<Structure> structures, PreparedCase c) {
    List<Predicted> predicted = new ArrayList<>();
    boolean lesions = structures.contains(Structure.LESION);
    if (lesions) {
      var trueLiver = new Mask(c.geometry(), c.truth(Structure.LIVER));
      Mask lesion = predictor.lesion(c, trueLiver);
      predicted.add(new Predicted(Structure.LESION, Gate.TRUE_LIVER, lesion));
    }
    if (structures.contains(Structure.LIVER)) {
      Mask liver = predictor.liver(c);
      predicted.add(0, new Predicted(Structure.LIVER, Gate.NONE, liver));
      if (lesions) {
        Mask lesion = predictor.lesion(c, liver);
        predicted.add(new Predicted(Structure.LESION, Gate.PREDICTED_LIVER, lesion));
      }
    }
    return predicted;
  }

  private static CaseScore score(Case c, PreparedCase prepared, Part part, Predicted p) {
    byte[] truth = prepared.truth(p.structure());
    return new CaseScore(
        c.id(),
        part,
        p.structure(),
        p.gate(),
        Confusion.of(p.mask().values(), truth),
        p.structure() == Structure.LESION ? lesions(c, prepared, p.mask()) : null);
  }

  private static Detection lesions(Case c, PreparedCase prepared, Mask mask) {
    return LesionMatching.of(
        mask,
        new Mask(c.geometry(), prepared.truth(Structure.LESION)),
        c.image(),
        new Mask(c.geometry(), prepared.truth(Structure.LIVER)));
  }

  /**
   * Surface distances of every labelled case of a part; they take a pass of their own and are
   * measured only where somebody asks.
   *
   * @param toleranceMm of the surface Dice
   */
  public static List<SurfaceScore> surfaces(
      StoredRun run, Dataset data, Part part, double toleranceMm, Progress progress) {
    List<SurfaceScore> scores = new ArrayList<>();
    try (var predictor = Predictor.open(run)) {
      List<Case> cases = data.of(part).stream().filter(Case::isLabelled).toList();
      int done = 0;
      for (Case c : cases) {
        progress.report("measuring surfaces", done++, cases.size(), c.id());
        PreparedCase prepared = predictor.prepare(c);
        for (Predicted p : predicted(predictor, run.recipe().structures(), prepared)) {
          var truth = new Mask(c.geometry(), prepared.truth(p.structure()));
          scores.add(
              new SurfaceScore(
                  c.id(),
                  p.structure(),
                  p.gate(),
                  SurfaceDistances.of(p.mask(), truth, toleranceMm)));
        }
      }
    }
    return scores;
  }
}
