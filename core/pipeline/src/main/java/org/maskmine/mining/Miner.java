package org.maskmine.mining;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.maskmine.Progress;
import org.maskmine.UserError;
import org.maskmine.data.Case;
import org.maskmine.data.Dataset;
import org.maskmine.data.Part;
import org.maskmine.data.PreparedCase;
import org.maskmine.data.Structure;
import org.maskmine.training.Predictor;
import org.maskmine.training.RunStore;
import org.maskmine.training.StageRecipe;
import org.maskmine.training.StoredRun;
import org.maskmine.volume.Mask;
import org.maskmine.volume.Nifti;

/** Compares a run's predictions on its training cases with the truth. */
public final class Miner {
  private Miner() {}

  /**
   * One forward pass in evaluation mode over the training cases, gated as in training, for every
   * stage (PAPER section 2.1). The masks are also written beside the run as {@code
   * errors/<structure>-<case>.nii.gz}.
   *
   * @throws UserError where the run was trained on other data
   */
  public static MinedErrors mine(StoredRun run, Dataset data, RunStore store, Progress progress) {
    if (!run.info().data().fingerprint().equals(data.fingerprint())) {
      throw new UserError(
          "run "
              + run.id()
              + ": was trained on "
              + run.info().data().name()
              + " as it was then; load the same data to mine its errors");
    }
    Map<Structure, Map<String, Mask>> masks = new EnumMap<>(Structure.class);
    List<Case> cases = data.of(Part.TRAINING);
    try (var predictor = Predictor.open(run)) {
      int done = 0;
      for (Case c : cases) {
        progress.report("mining errors", done++, cases.size(), c.id());
        PreparedCase prepared = predictor.prepare(c);
        for (StageRecipe stage : run.recipe().stages()) {
          Structure structure = stage.structure();
          var truth = new Mask(prepared.geometry(), prepared.truth(structure));
          Mask errors = ErrorMask.of(predictor.asTrained(prepared, structure), truth);
          Nifti.write(
              run.folder().resolve("errors").resolve(structure.label() + "-" + c.id() + ".nii.gz"),
              errors);
          masks.computeIfAbsent(structure, s -> new LinkedHashMap<>()).put(c.id(), errors);
        }
      }
      progress.report("mining errors", cases.size(), cases.size(), "");
    }
    return new MinedErrors(run, data, store, masks);
  }
}
