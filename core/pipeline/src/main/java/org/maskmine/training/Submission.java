package org.maskmine.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.maskmine.DiskTrouble;
import org.maskmine.Progress;
import org.maskmine.UserError;
import org.maskmine.WholeFile;
import org.maskmine.Worker;
import org.maskmine.data.Case;

/**
 * A folder as the LiTS challenge wants it: {@code test-segmentation-N.nii} for every case, and all
 * of them in {@code submission.zip}.
 *
 * @param folder with the files
 * @param files the masks, in order of their numbers
 * @param zip with all of them
 */
public record Submission(Path folder, List<Path> files, Path zip) {
  private static final Pattern NUMBER = Pattern.compile("(\\d+)$");
  private static final String MADE_BY = "submission.json";

  /** What a folder was made by: files of another run are not gone on with. */
  private record MadeBy(String run, Tiles tiles) {}

  /**
   * Predicts every case that has no mask in the folder yet, then writes the zip.
   *
   * @throws UserError where the folder belongs to another run, two cases have one number, or a file
   *     cannot be written
   * @throws java.util.concurrent.CancellationException where the user stopped it; the same call
   *     goes on after the last finished case
   */
  public static Submission write(
      StoredRun run, List<Case> cases, Tiles tiles, Path folder, Progress progress) {
    Map<Integer, Case> numbered = numbered(cases);
    return Worker.run(progress, guarded -> write(run, numbered, tiles, folder, guarded));
  }

  private static Map<Integer, Case> numbered(List<Case> cases) {
    Map<Integer, Case> numbered = new TreeMap<>();
    for (Case c : cases) {
      Matcher number = NUMBER.matcher(c.id());
      if (!number.find()) {
        throw new UserError(
            "case \""
                + c.id()
                + "\": has no number at its end, which a submission needs; name its file"
                + " test-volume-0.nii.gz or alike");
      }
      Case other = numbered.putIfAbsent(Integer.valueOf(number.group(1)), c);
      if (other != null) {
        throw new UserError(
            "cases \""
                + other.id()
                + "\" and \""
                + c.id()
                + "\": both would be test-segmentation-"
                + number.group(1)
                + ".nii; submit them apart");
      }
    }
    if (numbered.isEmpty()) {
      throw new UserError(
          "submission: there are no test cases; add test-volume-N.nii.gz files to the data");
    }
    return numbered;
  }

  private static Submission write(
      StoredRun run, Map<Integer, Case> cases, Tiles tiles, Path folder, Progress progress) {
    claim(folder, new MadeBy(run.id(), tiles));
    try (var predictor = Predictor.open(run, tiles)) {
      int done = 0;
      for (var numbered : cases.entrySet()) {
        Case c = numbered.getValue();
        int before = done++;
        // The bar counts cases; the reports within a case let a cancellation through.
        Progress within =
            (activity, tile, all, note) ->
                progress.report("predicting", before, cases.size(), note);
        Path file = file(folder, numbered.getKey());
        if (!Files.exists(file)) {
          PredictedScan.of(predictor, c, within).save(file);
        }
      }
      progress.report("predicting", done, cases.size(), "");
    }
    List<Path> files = cases.keySet().stream().map(n -> file(folder, n)).toList();
    return new Submission(folder, files, zip(folder, files));
  }

  private static Path file(Path folder, int number) {
    return folder.resolve("test-segmentation-" + number + ".nii");
  }

  private static void claim(Path folder, MadeBy wanted) {
    Path file = folder.resolve(MADE_BY);
    if (!Files.exists(file)) {
      Json.write(file, wanted);
      return;
    }
    MadeBy found =
        Json.read(
            file, MadeBy.class, "give another folder, or delete this one to predict anew into it");
    if (!found.equals(wanted)) {
      throw new UserError(
          folder
              + ": holds predictions of run "
              + found.run()
              + (found.run().equals(wanted.run()) ? " with other tiles" : "")
              + "; give another folder, or delete it");
    }
  }

  private static Path zip(Path folder, List<Path> files) {
    Path zip = folder.resolve("submission.zip");
    try {
      WholeFile.write(
          zip,
          unfinished -> {
            try (var out = new ZipOutputStream(Files.newOutputStream(unfinished))) {
              for (Path file : files) {
                out.putNextEntry(new ZipEntry(file.getFileName().toString()));
                Files.copy(file, out);
                out.closeEntry();
              }
            }
          });
      return zip;
    } catch (IOException e) {
      throw DiskTrouble.writing(zip, e);
    }
  }
}
