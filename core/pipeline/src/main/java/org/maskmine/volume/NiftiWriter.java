package org.maskmine.volume;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.maskmine.DiskTrouble;
import org.maskmine.UserError;
import org.maskmine.WholeFile;

/** Writes NIfTI-1, little-endian, to a file beside the target that then takes its place. */
final class NiftiWriter {
  /** Scanner coordinates, for qform and sform alike. */
  private static final short SCANNER = 1;

  private static final byte MILLIMETRES = 2;
  private static final int VOXEL_OFFSET = NiftiFields.BYTES_1 + 4;
  private static final int CHUNK_VOXELS = 1 << 15;

  /** Place and length of the header's descrip, which ends in a zero. */
  private static final int DESCRIPTION = 148;

  private static final int DESCRIPTION_BYTES = 80;

  private NiftiWriter() {}

  /** Puts so many voxels, from the given place on, into the buffer. */
  private interface Encoder {
    void put(ByteBuffer out, int first, int count);
  }

  static void write(Path file, Volume volume) {
    float[] values = volume.values();
    if (allShort(values)) {
      write(
          file,
          volume.geometry(),
          NumberType.INT16,
          "",
          (out, first, count) -> {
            for (int i = first; i < first + count; i++) {
              out.putShort((short) values[i]);
            }
          });
    } else {
      write(
          file,
          volume.geometry(),
          NumberType.FLOAT32,
          "",
          (out, first, count) -> {
            for (int i = first; i < first + count; i++) {
              out.putFloat(values[i]);
            }
          });
    }
  }

  static void write(Path file, Mask mask, String description) {
    write(
        file,
        mask.geometry(),
        NumberType.UINT8,
        description,
        (out, first, count) -> out.put(mask.values(), first, count));
  }

  private static boolean allShort(float[] values) {
    for (float value : values) {
      if (value != (short) value) {
        return false;
      }
    }
    return true;
  }

  private static void write(
      Path file, Geometry geometry, NumberType type, String description, Encoder encoder) {
    boolean gzip = isGzip(file);
    checkSize(file, geometry);
    try {
      WholeFile.write(
          file,
          unfinished -> {
            try (OutputStream raw =
                    Files.newOutputStream(unfinished, StandardOpenOption.CREATE_NEW);
                OutputStream out = gzip ? new GZIPOutputStream(raw, 1 << 16) : raw) {
              out.write(header(geometry, type, description));
              voxels(out, geometry.voxels(), type, encoder);
            }
          });
    } catch (IOException e) {
      throw DiskTrouble.writing(file, e);
    }
  }

  private static void checkSize(Path file, Geometry geometry) {
    if (Math.max(geometry.nx(), Math.max(geometry.ny(), geometry.nz())) > Short.MAX_VALUE) {
      throw new UserError(
          file
              + ": "
              + geometry.size()
              + " voxels: NIfTI-1 holds at most 32,767 along an axis; crop the volume");
    }
  }

  private static boolean isGzip(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (!name.endsWith(".nii") && !name.endsWith(".nii.gz")) {
      throw new UserError(
          file + ": the name of a NIfTI file ends in .nii or .nii.gz; add one of them");
    }
    return name.endsWith(".gz");
  }

  private static void voxels(OutputStream out, int total, NumberType type, Encoder encoder)
      throws IOException {
    var chunk = ByteBuffer.allocate(CHUNK_VOXELS * type.bytes).order(ByteOrder.LITTLE_ENDIAN);
    int count;
    for (int first = 0; first < total; first += count) {
      count = Math.min(CHUNK_VOXELS, total - first);
      chunk.clear();
      encoder.put(chunk, first, count);
      out.write(chunk.array(), 0, chunk.position());
    }
  }

  /** The header's 348 bytes and 4 zeros: no extensions. */
  private static byte[] header(Geometry g, NumberType type, String description) {
    byte[] words = description.getBytes(StandardCharsets.US_ASCII);
    if (words.length >= DESCRIPTION_BYTES) {
      throw new IllegalArgumentException(words.length + " bytes of description");
    }
    var h = ByteBuffer.allocate(VOXEL_OFFSET).order(ByteOrder.LITTLE_ENDIAN);
    h.putInt(0, NiftiFields.BYTES_1);
    int[] dim = {3, g.nx(), g.ny(), g.nz(), 1, 1, 1, 1};
    for (int i = 0; i < dim.length; i++) {
      h.putShort(40 + 2 * i, (short) dim[i]);
    }
    h.putShort(70, (short) type.code);
    h.putShort(72, (short) (8 * type.bytes));
    h.putFloat(108, VOXEL_OFFSET);
    h.putFloat(112, 1);
    h.put(123, MILLIMETRES);
    h.put(DESCRIPTION, words);
    place(h, g);
    h.position(344);
    h.put("n+1\0".getBytes(StandardCharsets.US_ASCII));
    return h.array();
  }

  private static void place(ByteBuffer h, Geometry g) {
    Affine a = g.affine();
    Spacing s = g.spacing();
    NiftiPlace.Quaternion q = NiftiPlace.quaternion(a);
    h.putFloat(76, q == null ? 1 : q.handedness());
    h.putFloat(80, (float) s.xMm());
    h.putFloat(84, (float) s.yMm());
    h.putFloat(88, (float) s.zMm());
    if (q != null) {
      h.putShort(252, SCANNER);
      floats(h, 256, q.b(), q.c(), q.d(), a.x0(), a.y0(), a.z0());
    }
    h.putShort(254, SCANNER);
    floats(h, 280, a.xx(), a.xy(), a.xz(), a.x0());
    floats(h, 296, a.yx(), a.yy(), a.yz(), a.y0());
    floats(h, 312, a.zx(), a.zy(), a.zz(), a.z0());
  }

  private static void floats(ByteBuffer h, int at, double... values) {
    for (int i = 0; i < values.length; i++) {
      h.putFloat(at + Float.BYTES * i, (float) values[i]);
    }
  }
}
