package org.maskmine.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maskmine.volume.Dicom;
import org.maskmine.volume.Geometry;
import org.maskmine.volume.Mask;
import org.maskmine.volume.Nifti;
import org.maskmine.volume.Spacing;
import org.maskmine.volume.Volume;

/**
 * One scan without labels, named by its file.
 *
 * @param id the file's name
 * @param image as the file holds it
 */
public record ScanFile(String id, Volume image) implements Case {
  /**
   * Reads a scan, a NIfTI file or a folder of uncompressed DICOM slices, with canonical axes.
   *
   * @param spacing to be resampled to; null keeps the file's
   * @throws org.maskmine.UserError where the file is missing, damaged or not one volume
   */
  public static Case read(Path file, @Nullable Spacing spacing) {
    List<Path> slices = DicomLayout.slices(file);
    Volume image = slices.isEmpty() ? Nifti.readVolume(file) : Dicom.readSeries(file, slices);
    return AlignedCase.of(new ScanFile(String.valueOf(file.getFileName()), image), spacing);
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
