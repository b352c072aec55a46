package org.maskmine.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.maskmine.UserError;
import org.maskmine.volume.Dicom;

/** NIfTI files given by their own names, each one scan without labels. */
final class SingleScan implements Layout {
  @Override
  public Optional<Found> find(List<Path> files) {
    List<CaseFiles> cases = new ArrayList<>();
    for (Path file : files) {
      if (Files.isRegularFile(file)) {
        cases.add(new CaseFiles(name(file), true, ScanFiles.nifti(file), Optional.empty()));
      }
    }
    return cases.isEmpty()
        ? Optional.empty()
        : Optional.of(new Found(cases, () -> LabelMap.LITS, List.of()));
  }

  private static String name(Path file) {
    String name = Listing.niftiName(file);
    if (name != null) {
      return name;
    }
    throw new UserError(
        Dicom.is(file)
            ? file + ": is one slice of a series; give the folder that holds all of them"
            : file + ": is no .nii or .nii.gz file; convert the scan with dcm2niix");
  }
}
