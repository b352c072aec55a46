package org.maskmine.mining;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.maskmine.Progress;
import org.maskmine.UserError;
import org.maskmine.data.Case;
import org.maskmine.data.Dataset;
import org.maskmine.data.Part;
import org.maskmine.data.PreparedCase;
import org.maskmine.data.Structure;
import org.maskmine.scoring.Confusion;
import org.maskmine.scoring.Summary;
import org.maskmine.training.Predictor;
import org.maskmine.training.ReadOut;
import org.maskmine.training.StoredRun;

/**
 * The whole recall–precision curve of one run: what its masks would be if a voxel were foreground
 * from another probability on. Comparing runs on their curves tells a better network from one that
 * only says "lesion" more often.
 */
public final class Dial {
  private static final double[] THRESHOLDS = {
    0.001, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.999
  };

  private Dial() {}

  /**
   * One position of the dial.
   *
   * @param threshold the probability from which on a voxel is foreground, on the scale where the
   *     run's own read-out is at ½ (with {@link ReadOut#TP_CHANNEL_FROM_A_FIFTH} p(TP) is ⅕ there)
   * @param total voxels over all cases, inside the true liver
   * @param dice over the cases; empty pairs are left out
   */
  public record Position(double threshold, Confusion total, Summary dice) {}

  /**
   * The curve of a structure over the labelled cases of a part, from most recall to least.
   *
   * @throws UserError where the run does not segment it
   */
  public static List<Position> of(
      StoredRun run, Dataset data, Structure structure, Part part, Progress progress) {
    if (!run.recipe().structures().contains(structure)) {
      throw new UserError(
          "run "
              + run.id()
              + ": segments the liver alone, so there is no recall and precision of lesions; take a"
              + " run of cascade2d() or another pipeline that finds lesions");
    }
    List<List<Confusion>> counts =
        IntStream.range(0, THRESHOLDS.length)
            .mapToObj(k -> (List<Confusion>) new ArrayList<Confusion>())
            .toList();
    List<Case> cases = data.of(part).stream().filter(Case::isLabelled).toList();
    try (var predictor = Predictor.open(run)) {
      int done = 0;
      for (Case c : cases) {
        progress.report("turning the dial", done++, cases.size(), c.id());
        PreparedCase prepared = predictor.prepare(c);
        float[] scores = predictor.scores(prepared, structure);
        byte[] truth = prepared.truth(structure);
        for (int k = 0; k < THRESHOLDS.length; k++) {
          counts.get(k).add(count(scores, truth, THRESHOLDS[k]));
        }
      }
    }
    return IntStream.range(0, THRESHOLDS.length)
        .mapToObj(k -> position(THRESHOLDS[k], counts.get(k)))
        .toList();
  }

  private static Confusion count(float[] scores, byte[] truth, double threshold) {
    double least = Math.log(threshold / (1 - threshold));
    byte[] mask = new byte[scores.length];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = (byte) (scores[i] > least ? 1 : 0);
    }
    return Confusion.of(mask, truth);
  }

  private static Position position(double threshold, List<Confusion> cases) {
    return new Position(
        threshold,
        cases.stream().reduce(Confusion.NONE, Confusion::plus),
        Summary.of(cases.stream().mapToDouble(Confusion::dice)));
  }
}
