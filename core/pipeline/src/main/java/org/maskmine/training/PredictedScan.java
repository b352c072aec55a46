package org.maskmine.training;

import java.nio.file.Path;
import org.maskmine.Progress;
import org.maskmine.Worker;
import org.maskmine.data.Case;
import org.maskmine.volume.Mask;
import org.maskmine.volume.Nifti;

/**
 * What a run's cascade says about one scan.
 *
 * @param scan that was predicted
 * @param labels 0 background, 1 liver, 2 lesion, on the scan's grid
 */
public record PredictedScan(Case scan, Mask labels) {
  /** What every saved mask says in its header. */
  public static final String NOTICE = "For research and teaching, not a medical device";

  /**
   * Predicts one scan: the liver, its largest component, and lesions inside it.
   *
   * @throws java.util.concurrent.CancellationException where the user stopped it
   */
  public static PredictedScan of(StoredRun run, Case scan, Tiles tiles, Progress progress) {
    return Worker.run(
        progress,
        guarded -> {
          try (var predictor = Predictor.open(run, tiles)) {
            return of(predictor, scan, guarded);
          }
        });
  }

  static PredictedScan of(Predictor predictor, Case scan, Progress progress) {
    return new PredictedScan(scan, predictor.labels(predictor.prepare(scan), progress));
  }

  /**
   * Writes the labels as a NIfTI file of uint8 on the grid of the scan's file, with a notice that
   * it is no medical device.
   *
   * @throws org.maskmine.UserError where the name does not end in {@code .nii} or {@code .nii.gz},
   *     or the file cannot be written
   */
  public void save(Path file) {
    Nifti.write(file, scan.asStored(labels), NOTICE);
  }
}
