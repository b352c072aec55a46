package org.maskmine.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.maskmine.UserError;
import org.maskmine.data.Layout.Found;

/** Recognises how a folder is laid out. */
final class Layouts {
  private static final List<Layout> KNOWN =
      List.of(new SingleScan(), new DecathlonLayout(), new LitsLayout(), new DicomLayout());

  private Layouts() {}

  /**
   * The cases of a source.
   *
   * @throws UserError where there is nothing, or nothing that is recognised
   */
  static Found find(Source source) {
    List<Path> paths = source.paths().stream().map(Path::of).toList();
    for (Path path : paths) {
      if (!Files.exists(path)) {
        throw new UserError(
            "\""
                + source.name()
                + "\": there is no such folder or file; give a folder in the layout of LiTS or of"
                + " the Medical Segmentation Decathlon, one scan, or \"phantom\"");
      }
    }
    Found found =
        KNOWN.stream()
            .map(layout -> layout.find(paths))
            .flatMap(Optional::stream)
            .findFirst()
            .orElseThrow(() -> unknown(source));
    return source.labelFile() == null ? found : labelled(found, Path.of(source.labelFile()));
  }

  /** One scan with the labels that the user named; it belongs to no test set then. */
  private static Found labelled(Found found, Path labels) {
    if (found.cases().size() != 1) {
      throw new UserError(
          "labels(\""
              + labels
              + "\"): one label file for "
              + found.cases().size()
              + " scans; give one scan, or name label files as the layout does");
    }
    CaseFiles scan = found.cases().get(0);
    return new Found(
        List.of(new CaseFiles(scan.id(), false, scan.image(), Optional.of(labels))),
        found.labels(),
        found.problems());
  }

  private static UserError unknown(Source source) {
    return new UserError(
        "\""
            + source.name()
            + "\": holds no files that are known by their names; name images volume-0.nii.gz,"
            + " volume-1.nii.gz … and their labels segmentation-0.nii.gz …, or give a folder with"
            + " dataset.json and imagesTr, one of DICOM slices, or a single .nii.gz file");
  }
}
