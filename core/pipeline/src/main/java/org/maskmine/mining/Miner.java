package org.maskmine.mining;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.maskmine.Behind;
import org.maskmine.Progress;
import org.maskmine.UserError;
import org.maskmine.Worker;
import org.maskmine.data.Case;
import org.maskmine.data.Dataset;
import org.maskmine.data.Part;
import org.maskmine.data.PreparedCase;
import org.maskmine.data.Structure;
import org.maskmine.training.Predictor;
import org.maskmine.training.RunStore;
import org.maskmine.training.StoredRun;
import org.maskmine.volume.Mask;

/** Compares a run's predictions with the truth. */
public final class Miner {
  private Miner() {}

  /** The errors on the training cases: what retraining needs. */
  public static MinedErrors mine(StoredRun run, Dataset data, RunStore store, Progress progress) {
    return mine(run, data, store, Set.of(Part.TRAINING), progress);
  }

  /**
   * The same, as an earlier mining has left it beside the run; mined now where anything is missing.
   */
  public static MinedErrors mined(StoredRun run, Dataset data, RunStore store, Progress progress) {
    checkSame(run, data);
    var errors = new MinedErrors(run, data, store);
    boolean all =
        data.of(Part.TRAINING).stream()
            .filter(Case::isLabelled)
            .allMatch(
                c -> run.recipe().structures().stream().allMatch(s -> errors.find(s, c.id())));
    return all ? errors : mine(run, data, store, progress);
  }

  /**
   * One forward pass in evaluation mode, gated as in training, for every structure (PAPER section
   * 2.1). The masks are written beside the run as {@code errors/<structure>-<case>.nii.gz}.
   *
   * @param parts whose labelled cases are mined; retraining uses the training cases alone
   * @throws UserError where the run was trained on other data
   * @throws java.util.concurrent.CancellationException where the user stopped it
   */
  public static MinedErrors mine(
      StoredRun run, Dataset data, RunStore store, Set<Part> parts, Progress progress) {
    checkSame(run, data);
    return Worker.run(
        progress,
        guarded -> store.change(run.id(), () -> compare(run, data, store, parts, guarded)));
  }

  private static void checkSame(StoredRun run, Dataset data) {
    if (!run.info().data().fingerprint().equals(data.fingerprint())) {
      throw new UserError(
          "run "
              + run.id()
              + ": was trained on "
              + run.info().data().name()
              + " as it was then; load the same data to mine its errors");
    }
  }

  private static MinedErrors compare(
      StoredRun run, Dataset data, RunStore store, Set<Part> parts, Progress progress) {
    var errors = new MinedErrors(run, data, store);
    List<Case> cases =
        Arrays.stream(Part.values())
            .filter(parts::contains)
            .flatMap(part -> data.of(part).stream())
            .filter(Case::isLabelled)
            .toList();
    try (var predictor = Predictor.open(run);
        var writing = new Behind()) {
      int done = 0;
      for (Case c : cases) {
        progress.report("mining errors", done++, cases.size(), c.id());
        PreparedCase prepared = predictor.prepare(c);
        for (Structure structure : run.recipe().structures()) {
          var truth = new Mask(prepared.geometry(), prepared.truth(structure));
          Mask predicted = predictor.asTrained(prepared, structure, Progress.NONE);
          Mask mask = ErrorMask.of(predicted, truth);
          writing.run(() -> errors.add(structure, c.id(), mask));
        }
      }
      progress.report("mining errors", cases.size(), cases.size(), "");
    }
    return errors;
  }
}
