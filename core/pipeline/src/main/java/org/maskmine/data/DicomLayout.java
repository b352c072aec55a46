package org.maskmine.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.maskmine.volume.Dicom;

/** A folder of DICOM slices is one scan without labels, called as the folder. */
final class DicomLayout implements Layout {
  @Override
  public Optional<Found> find(List<Path> folders) {
    List<CaseFiles> cases = new ArrayList<>();
    for (Path folder : folders) {
      List<Path> slices = slices(folder);
      if (!slices.isEmpty()) {
        String id = folder.getFileName().toString();
        cases.add(new CaseFiles(id, true, ScanFiles.dicom(slices), Optional.empty()));
      }
    }
    return cases.isEmpty()
        ? Optional.empty()
        : Optional.of(new Found(cases, () -> LabelMap.LITS, List.of()));
  }

  /** The slices in a folder; none where there is no such folder or it holds none. */
  static List<Path> slices(Path folder) {
    return Files.isDirectory(folder)
        ? Listing.below(folder, 1).stream().filter(Dicom::is).toList()
        : List.of();
  }
}
