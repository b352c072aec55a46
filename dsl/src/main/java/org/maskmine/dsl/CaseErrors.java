package org.maskmine.dsl;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.maskmine.Progress;
import org.maskmine.UserError;
import org.maskmine.Worker;
import org.maskmine.data.Case;
import org.maskmine.data.PreparedCase;
import org.maskmine.data.Structure;
import org.maskmine.mining.ErrorMask;
import org.maskmine.training.Predictor;
import org.maskmine.training.StoredRun;
import org.maskmine.volume.Mask;
import org.maskmine.volume.Nifti;

/** A run's errors on any labelled case, kept beside the run where mining keeps its own. */
final class CaseErrors {
  private CaseErrors() {}

  /**
   * Gated as in training: lesions inside the true liver.
   *
   * @return TN 0, FP 1, FN 2, TP 3
   * @throws UserError where the case has no labels
   * @throws java.util.concurrent.CancellationException where the cell was interrupted
   */
  static Mask of(Run run, Case c, Structure structure) {
    if (c.labels().isEmpty()) {
      throw new UserError("case \"" + c.id() + "\": has no labels to compare with; choose another");
    }
    return Worker.run(
        Progress.NONE,
        progress -> {
          String activity = "predicting " + c.id();
          progress.report(activity, 0, 1, "");
          Mask errors = find(run, c, structure, progress);
          progress.report(activity, 1, 1, "");
          return errors;
        });
  }

  private static Mask find(Run run, Case c, Structure structure, Progress progress) {
    Path file =
        run.stored()
            .folder()
            .resolve(StoredRun.ERRORS)
            .resolve(structure.label() + "-" + c.id() + ".nii.gz");
    return known(file).orElseGet(() -> predict(run, c, structure, file, progress));
  }

  private static Mask predict(Run run, Case c, Structure structure, Path file, Progress progress) {
    try (var predictor = Predictor.open(run.stored())) {
      PreparedCase prepared = predictor.prepare(c);
      var truth = new Mask(c.geometry(), prepared.truth(structure));
      Mask errors = ErrorMask.of(predictor.asTrained(prepared, structure, progress), truth);
      Nifti.write(file, errors);
      return errors;
    }
  }

  /** A damaged mask is made anew. */
  private static Optional<Mask> known(Path file) {
    try {
      return Files.exists(file) ? Optional.of(Nifti.readMask(file)) : Optional.empty();
    } catch (UserError damaged) {
      return Optional.empty();
    }
  }
}
