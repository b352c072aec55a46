package org.maskmine.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.maskmine.volume.Dicom;
import org.maskmine.volume.Nifti;
import org.maskmine.volume.Volume;

/**
 * The files that make up one scan: a NIfTI file, or the slices of a DICOM series.
 *
 * @param files not empty; whose change means another scan
 */
record ScanFiles(List<Path> files, boolean dicom) {
  /** Copies the list. */
  ScanFiles {
    files = List.copyOf(files);
  }

  static ScanFiles nifti(Path file) {
    return new ScanFiles(List.of(file), false);
  }

  static ScanFiles dicom(List<Path> slices) {
    return new ScanFiles(slices, true);
  }

  /** How messages name the scan. */
  Path path() {
    Path first = files.get(0);
    return dicom ? Objects.requireNonNull(first.getParent()) : first;
  }

  Volume read() {
    return dicom ? Dicom.readSeries(path(), files) : Nifti.readVolume(path());
  }
}
