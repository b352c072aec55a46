package org.maskmine.dsl;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.maskmine.UserError;
import org.maskmine.data.Case;
import org.maskmine.dsl.view.ProgressBar;
import org.maskmine.dsl.view.View;
import org.maskmine.dsl.view.Viewable;
import org.maskmine.dsl.view.Views;
import org.maskmine.training.PredictedScan;
import org.maskmine.training.Submission;
import org.maskmine.training.Tiles;

/** A run and the scans that it is to predict, one when asked or all into a folder. */
public final class Predictions implements Viewable {
  private final Run run;
  private final Scans scans;
  private final Tiles tiles;

  Predictions(Run run, Scans scans, Tiles tiles) {
    this.run = run;
    this.scans = scans;
    this.tiles = tiles;
  }

  /**
   * Predicts one of the scans.
   *
   * @param caseId such as {@code test-volume-3}
   * @throws UserError where there is no such scan
   */
  public Prediction of(String caseId) {
    return Maskmine.predict(run, find(caseId), tiles);
  }

  private Case find(String caseId) {
    List<Case> cases = scans.cases();
    return cases.stream()
        .filter(c -> c.id().equals(caseId))
        .findFirst()
        .orElseThrow(
            () ->
                new UserError(
                    "case \""
                        + caseId
                        + "\": not among these scans; there are "
                        + cases.stream().map(Case::id).collect(Collectors.joining(", "))));
  }

  /**
   * Writes what the LiTS challenge wants: {@code test-segmentation-N.nii} for every scan, and all
   * of them in {@code submission.zip}. Stopped and called again, it goes on after the last finished
   * scan.
   *
   * @param folder made where it is missing
   * @return the zip file
   * @throws UserError where the folder holds predictions of another run, or cannot be written
   */
  public Path submission(String folder) {
    try (var progress = new ProgressBar()) {
      Submission written =
          Submission.write(run.stored(), scans.cases(), tiles, Path.of(folder), progress);
      progress.finish();
      return written.zip();
    }
  }

  @Override
  public View view() {
    String ids = scans.cases().stream().limit(1).map(Case::id).collect(Collectors.joining());
    return Views.stack(
        scans.table(),
        String.format(
            Locale.ROOT,
            "Nothing is predicted yet: .of(\"%s\") predicts one scan, .submission(\"out\") all of"
                + " them into a folder. %s.",
            ids,
            PredictedScan.NOTICE));
  }

  @Override
  public String toString() {
    return "Predictions(" + run.id() + ", " + scans + ")";
  }
}
