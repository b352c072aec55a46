package org.maskmine.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.maskmine.UserError;
import org.maskmine.data.Layout.Found;

/** Recognises how a folder is laid out. */
final class Layouts {
  private static final List<Layout> KNOWN = List.of(new DecathlonLayout(), new LitsLayout());

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
    return KNOWN.stream()
        .map(layout -> layout.find(paths))
        .flatMap(Optional::stream)
        .findFirst()
        .orElseThrow(() -> unknown(source));
  }

  private static UserError unknown(Source source) {
    return new UserError(
        "\""
            + source.name()
            + "\": holds no files that are known by their names; name images volume-0.nii.gz,"
            + " volume-1.nii.gz … and their labels segmentation-0.nii.gz …, or give a folder with"
            + " dataset.json and imagesTr");
  }
}
