package org.maskmine.dsl;

import java.util.List;
import org.maskmine.Progress;
import org.maskmine.data.Part;
import org.maskmine.data.Structure;
import org.maskmine.dsl.figure.RunCurve;
import org.maskmine.mining.Dial;
import org.maskmine.scoring.Confusion;

/** The dial of a run as a curve: lesion voxels of the validation cases inside the true liver. */
final class RecallPrecisionScores {
  private static final double OWN = 0.5;

  private RecallPrecisionScores() {}

  static RunCurve of(RunGroup group, String label, Progress progress) {
    Run run = group.first();
    List<Dial.Position> dial =
        Dial.of(run.stored(), run.dataset(), Structure.LESION, Part.VALIDATION, progress);
    List<Confusion> there =
        dial.stream()
            .map(Dial.Position::total)
            .filter(c -> !Double.isNaN(c.recall()) && !Double.isNaN(c.precision()))
            .toList();
    Confusion own =
        dial.stream()
            .filter(p -> p.threshold() == OWN)
            .map(Dial.Position::total)
            .findFirst()
            .orElseThrow();
    return new RunCurve(
        label,
        group.role(),
        there.stream().mapToDouble(Confusion::recall).toArray(),
        there.stream().mapToDouble(Confusion::precision).toArray(),
        own.recall(),
        own.precision());
  }
}
