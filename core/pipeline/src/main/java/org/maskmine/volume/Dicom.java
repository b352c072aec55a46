package org.maskmine.volume;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.maskmine.UserError;

/**
 * CT series in DICOM: one file per slice, not compressed.
 *
 * <p>Slices are sorted by their position, whatever their files are called, and rescaled to
 * Hounsfield units. Every failure is a {@link UserError} that names the file.
 */
public final class Dicom {
  private static final int PREAMBLE = 128;
  private static final byte[] MAGIC = "DICM".getBytes(StandardCharsets.US_ASCII);

  private Dicom() {}

  /** Whether a file begins as DICOM files do. */
  public static boolean is(Path file) {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] start = in.readNBytes(PREAMBLE + MAGIC.length);
      return start.length == PREAMBLE + MAGIC.length
          && java.util.Arrays.equals(start, PREAMBLE, start.length, MAGIC, 0, MAGIC.length);
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * The values of a series, in Hounsfield units.
   *
   * @param folder how messages name the series
   * @param files one per slice, in any order
   * @throws UserError where a file is damaged or compressed, or the slices are not one CT series
   */
  public static Volume readSeries(Path folder, List<Path> files) {
    return DicomSeries.of(folder, files).volume();
  }
}
