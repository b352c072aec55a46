package org.maskmine.data;

import java.nio.file.Path;
import java.util.List;
import org.maskmine.volume.Nifti;
import org.maskmine.volume.Volume;

/**
 * The files that make up one scan: one NIfTI file.
 *
 * @param files whose change means another scan
 */
record ScanFiles(List<Path> files) {
  /** Copies the list. */
  ScanFiles {
    files = List.copyOf(files);
  }

  static ScanFiles nifti(Path file) {
    return new ScanFiles(List.of(file));
  }

  Volume read() {
    return Nifti.readVolume(files.get(0));
  }
}
