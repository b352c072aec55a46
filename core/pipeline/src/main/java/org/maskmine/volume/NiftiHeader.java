package org.maskmine.volume;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.maskmine.UserError;

/**
 * What a NIfTI header says about the voxels that follow.
 *
 * @param geometry grid and place
 * @param type how a voxel's number is stored
 * @param order byte order of header and voxels
 * @param bytes length of the header
 * @param voxelOffset where the voxels begin in the (uncompressed) file
 * @param slope stored number × slope + intercept = value
 */
record NiftiHeader(
    Geometry geometry,
    NumberType type,
    ByteOrder order,
    int bytes,
    long voxelOffset,
    double slope,
    double intercept) {

  private static final int MOST_VOXELS = Integer.MAX_VALUE - 8;

  /** Bytes of the stored voxels. */
  long voxelBytes() {
    return (long) geometry.voxels() * type.bytes;
  }

  /**
   * Reads the header at the beginning of a stream.
   *
   * @param file how messages name the file
   */
  static NiftiHeader read(InputStream in, String file) throws IOException {
    NiftiFields fields = fields(in, file);
    checkMagic(fields, file);
    Geometry grid = grid(fields, file);
    double slope = fields.slope();
    boolean scaled = slope != 0 && Double.isFinite(slope);
    return new NiftiHeader(
        grid,
        type(fields, file),
        fields.order(),
        fields.headerBytes(),
        voxelOffset(fields, file),
        scaled ? slope : 1,
        scaled ? intercept(fields, file) : 0);
  }

  private static NiftiFields fields(InputStream in, String file) throws IOException {
    byte[] header = new byte[NiftiFields.BYTES_2];
    int first = in.readNBytes(header, 0, NiftiFields.BYTES_1);
    if (first < NiftiFields.BYTES_1) {
      throw tooShort(file, first, NiftiFields.BYTES_1);
    }
    ByteOrder order = order(header, file);
    int length = ByteBuffer.wrap(header).order(order).getInt();
    if (length == NiftiFields.BYTES_2) {
      int rest = in.readNBytes(header, first, length - first);
      if (first + rest < length) {
        throw tooShort(file, first + rest, length);
      }
    }
    return new NiftiFields(ByteBuffer.wrap(header, 0, length).slice().order(order));
  }

  private static UserError tooShort(String file, int found, int needed) {
    return new UserError(
        file
            + ": ends after "
            + found
            + " bytes: a NIfTI header alone has "
            + needed
            + "; copy or download the file again");
  }

  private static ByteOrder order(byte[] header, String file) {
    int little = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).getInt();
    int big = Integer.reverseBytes(little);
    if (little == NiftiFields.BYTES_1 || little == NiftiFields.BYTES_2) {
      return ByteOrder.LITTLE_ENDIAN;
    }
    if (big == NiftiFields.BYTES_1 || big == NiftiFields.BYTES_2) {
      return ByteOrder.BIG_ENDIAN;
    }
    throw new UserError(
        file
            + ": begins with the number "
            + little
            + ": a NIfTI header begins with its length, 348 or 540; convert the scan to NIfTI,"
            + " for example with dcm2niix");
  }

  private static void checkMagic(NiftiFields fields, String file) {
    String expected = fields.headerBytes() == NiftiFields.BYTES_1 ? "n+1" : "n+2";
    String magic = fields.magic();
    if (magic.equals(expected)) {
      return;
    }
    if (magic.startsWith("ni")) {
      throw new UserError(
          file
              + ": magic \""
              + magic
              + "\" means a header whose voxels lie in a second file: only single files are read;"
              + " convert the pair to one .nii.gz file");
    }
    throw new UserError(
        file
            + ": magic \""
            + magic
            + "\" in the header: must be \""
            + expected
            + "\"; convert the scan to NIfTI, for example with dcm2niix");
  }

  private static Geometry grid(NiftiFields fields, String file) {
    checkAxes(fields, file);
    long voxels = 1;
    for (int axis = 1; axis <= 3; axis++) {
      long length = fields.dim(axis);
      boolean counts = length >= 1 && length <= MOST_VOXELS / voxels;
      if (!counts) {
        throw new UserError(
            file
                + ": header promises "
                + sizeText(fields, 3)
                + " voxels: each axis needs at least one and all together at most 2,147,483,639;"
                + " check dim in the header");
      }
      voxels *= length;
    }
    return new Geometry(
        (int) fields.dim(1), (int) fields.dim(2), (int) fields.dim(3), NiftiPlace.of(fields, file));
  }

  private static void checkAxes(NiftiFields fields, String file) {
    long axes = fields.dim(0);
    if (axes < 3 || axes > 7) {
      throw new UserError(
          file
              + ": header has "
              + axes
              + " axes: a volume has 3, or more where the others have length 1; check dim[0] in"
              + " the header");
    }
    for (int axis = 4; axis <= axes; axis++) {
      if (fields.dim(axis) != 1) {
        throw new UserError(
            file
                + ": holds "
                + sizeText(fields, (int) axes)
                + " values: must be one volume of three axes; save one volume of the series as"
                + " its own file");
      }
    }
  }

  private static String sizeText(NiftiFields fields, int axes) {
    var text = new StringBuilder().append(fields.dim(1));
    for (int axis = 2; axis <= axes; axis++) {
      text.append('×').append(fields.dim(axis));
    }
    return text.toString();
  }

  private static NumberType type(NiftiFields fields, String file) {
    return NumberType.of(fields.datatype())
        .orElseThrow(
            () ->
                new UserError(
                    file
                        + ": datatype "
                        + fields.datatype()
                        + " in the header: must be one of "
                        + NumberType.labels()
                        + "; convert the file to int16 or float32"));
  }

  private static long voxelOffset(NiftiFields fields, String file) {
    double offset = fields.voxelOffset();
    int least = fields.headerBytes() + 4;
    if (!(offset >= least && offset <= Long.MAX_VALUE / 2.0) || offset != Math.rint(offset)) {
      throw new UserError(
          file
              + ": voxels at byte "
              + offset
              + ": must be a whole number from "
              + least
              + " on; check vox_offset in the header");
    }
    return (long) offset;
  }

  private static double intercept(NiftiFields fields, String file) {
    double intercept = fields.intercept();
    if (!Double.isFinite(intercept)) {
      throw new UserError(
          file
              + ": scl_inter "
              + intercept
              + " in the header: must be finite where scl_slope is set; set it to 0");
    }
    return intercept;
  }
}
