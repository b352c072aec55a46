package org.maskmine.volume;

import java.nio.file.Path;
import org.maskmine.UserError;

/**
 * NIfTI files, plain ({@code .nii}) and compressed ({@code .nii.gz}).
 *
 * <p>Reads single files of NIfTI-1 and NIfTI-2 in both byte orders, every real number type, scaled
 * by scl_slope and scl_inter, placed by sform, else qform, else the spacing alone (as nibabel's
 * {@code get_best_affine}). Writes NIfTI-1. Every failure is a {@link UserError} that names the
 * file.
 */
public final class Nifti {
  private Nifti() {}

  /**
   * The values of a file, in Hounsfield units for CT.
   *
   * @throws UserError where the file is missing, damaged, not NIfTI or not one volume
   */
  public static Volume readVolume(Path file) {
    return NiftiReader.read(file, NiftiReader.VOLUME);
  }

  /**
   * The labels of a file: whole numbers from 0 to 127, stored in any number type.
   *
   * @throws UserError where the file is missing, damaged, not NIfTI, not one volume or holds other
   *     numbers
   */
  public static Mask readMask(Path file) {
    return NiftiReader.read(file, NiftiReader.MASK);
  }

  /**
   * Writes a volume, as int16 where every value is a whole number in its range, else as float32.
   *
   * <p>The file appears whole or not at all, and replaces an older one; missing folders are made.
   *
   * @throws UserError where the name ends in neither {@code .nii} nor {@code .nii.gz}, or the file
   *     cannot be written
   */
  public static void write(Path file, Volume volume) {
    NiftiWriter.write(file, volume);
  }

  /**
   * Writes a mask as uint8, in the same way as a volume.
   *
   * @throws UserError as for a volume
   */
  public static void write(Path file, Mask mask) {
    NiftiWriter.write(file, mask, "");
  }

  /**
   * Writes a mask with a description in its header.
   *
   * @param description ASCII, at most 79 characters
   * @throws UserError as for a volume
   */
  public static void write(Path file, Mask mask, String description) {
    NiftiWriter.write(file, mask, description);
  }
}
