package org.maskmine.data;

import java.nio.file.Path;
import java.util.Optional;
import org.maskmine.volume.Geometry;
import org.maskmine.volume.Mask;
import org.maskmine.volume.Nifti;
import org.maskmine.volume.Volume;

/**
 * One scan without labels, named by its file.
 *
 * @param id the file's name
 * @param image as the file holds it
 */
public record ScanFile(String id, Volume image) implements Case {
  /**
   * Reads a scan.
   *
   * @throws org.maskmine.UserError where the file is missing, damaged or not one volume
   */
  public static ScanFile read(Path file) {
    return new ScanFile(String.valueOf(file.getFileName()), Nifti.readVolume(file));
  }

  @Override
  public Geometry geometry() {
    return image.geometry();
  }

  @Override
  public Optional<Mask> labels() {
    return Optional.empty();
  }
}
