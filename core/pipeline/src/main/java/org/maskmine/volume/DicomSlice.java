package org.maskmine.volume;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.maskmine.UserError;

/** One uncompressed slice: what its header says, and its pixels. */
final class DicomSlice {
  private static final int MODALITY = 0x00080060;
  private static final int SERIES = 0x0020000E;
  private static final int POSITION = 0x00200032;
  private static final int ORIENTATION = 0x00200037;
  private static final int SAMPLES = 0x00280002;
  private static final int FRAMES = 0x00280008;
  private static final int ROWS = 0x00280010;
  private static final int COLUMNS = 0x00280011;
  private static final int SPACING = 0x00280030;
  private static final int BITS_ALLOCATED = 0x00280100;
  private static final int BITS_STORED = 0x00280101;
  private static final int SIGNED = 0x00280103;
  private static final int INTERCEPT = 0x00281052;
  private static final int SLOPE = 0x00281053;

  /** Larger files hold more than one slice. */
  private static final long MOST_BYTES = 1L << 28;

  final Path file;
  final int rows;
  final int columns;
  final String series;

  /** Place of the first pixel: left, posterior, superior millimetres. */
  final double[] position;

  /** Direction in which columns are counted, then the one of rows. */
  final double[] orientation;

  /** Between rows, then between columns. */
  final double[] spacingMm;

  private final Map<Integer, ByteBuffer> elements;
  private final ByteBuffer pixels;
  private final int bytes;

  private DicomSlice(Path file, DicomElements read) {
    this.file = file;
    this.elements = new HashMap<>(read.elements());
    this.pixels = read.pixels();
    require(text(MODALITY, "").equals("CT"), "modality \"" + text(MODALITY, "") + "\"", "CT");
    require(whole(SAMPLES, 1) == 1, whole(SAMPLES, 1) + " samples per pixel", "1");
    require(number(FRAMES, 1) == 1, (int) number(FRAMES, 1) + " frames in one file", "1");
    this.series = text(SERIES, "");
    this.rows = whole(ROWS, 0);
    this.columns = whole(COLUMNS, 0);
    require(rows > 0 && columns > 0, columns + "×" + rows + " pixels", "at least 1×1");
    int allocated = whole(BITS_ALLOCATED, 0);
    require(allocated == 8 || allocated == 16, allocated + " bits per pixel", "8 or 16");
    this.bytes = allocated / 8;
    int stored = whole(BITS_STORED, allocated);
    require(stored >= 1 && stored <= allocated, stored + " bits stored", "1 to " + allocated);
    this.position = numbers(POSITION, 3, "ImagePositionPatient");
    this.orientation = numbers(ORIENTATION, 6, "ImageOrientationPatient");
    this.spacingMm = numbers(SPACING, 2, "PixelSpacing");
    require(spacingMm[0] > 0 && spacingMm[1] > 0, "PixelSpacing " + text(SPACING, ""), "positive");
    if ((long) rows * columns * bytes > pixels.remaining()) {
      throw new UserError(
          file
              + ": holds "
              + pixels.remaining()
              + " bytes of pixels, too few for the "
              + columns
              + "×"
              + rows
              + " that its header promises; copy the file again");
    }
  }

  static DicomSlice read(Path file) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new UserError(
            file
                + ": is too large for one slice: one file per slice is read; convert the series"
                + " with dcm2niix");
      }
      return new DicomSlice(file, DicomElements.read(Files.readAllBytes(file), file));
    } catch (AccessDeniedException e) {
      throw new UserError(file + ": may not be read; check the file's permissions", e);
    } catch (IOException e) {
      throw new UserError(
          file + ": cannot be read (" + e.getMessage() + "); check the disk and try again", e);
    }
  }

  private void require(boolean holds, String found, String rule) {
    if (!holds) {
      throw new UserError(
          file + ": " + found + ": must be " + rule + "; convert the series with dcm2niix");
    }
  }

  /** Copies the slice in Hounsfield units: columns fastest, then rows. */
  void copy(float[] out, int offset) {
    int stored = whole(BITS_STORED, 8 * bytes);
    boolean signed = whole(SIGNED, 0) == 1;
    int unused = 32 - stored;
    double slope = number(SLOPE, 1);
    double intercept = number(INTERCEPT, 0);
    ByteBuffer in = pixels.duplicate().order(pixels.order());
    for (int i = 0; i < rows * columns; i++) {
      int raw = (bytes == 1 ? in.get() : in.getShort()) << unused;
      out[offset + i] = (float) ((signed ? raw >> unused : raw >>> unused) * slope + intercept);
    }
  }

  private String text(int tag, String missing) {
    ByteBuffer value = elements.get(tag);
    return value == null
        ? missing
        : StandardCharsets.ISO_8859_1
            .decode(value.duplicate())
            .toString()
            .replace('\0', ' ')
            .strip();
  }

  private int whole(int tag, int missing) {
    ByteBuffer value = elements.get(tag);
    return value == null || value.remaining() < Short.BYTES
        ? missing
        : value.duplicate().order(value.order()).getShort() & 0xffff;
  }

  private double number(int tag, double missing) {
    String text = text(tag, "");
    return text.isEmpty() ? missing : parse(text, text);
  }

  private double[] numbers(int tag, int count, String name) {
    String text = text(tag, "");
    String[] parts = text.split("\\\\", -1);
    require(parts.length == count, name + " \"" + text + "\"", count + " numbers");
    return Arrays.stream(parts).mapToDouble(part -> parse(part.strip(), text)).toArray();
  }

  private double parse(String part, String whole) {
    try {
      double value = Double.parseDouble(part);
      require(Double.isFinite(value) && Math.abs(value) < 1e9, "\"" + whole + "\"", "finite");
      return value;
    } catch (NumberFormatException e) {
      throw new UserError(
          file + ": \"" + whole + "\": must be numbers; convert the series with dcm2niix", e);
    }
  }
}
