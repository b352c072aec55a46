package org.maskmine.volume;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maskmine.UserError;

/**
 * The data elements of a DICOM file (PS3.10, PS3.5) in the three uncompressed transfer syntaxes.
 * Sequences are passed over. Values are views into the file's bytes, so that nothing is allocated
 * by a length that a damaged file claims.
 */
final class DicomElements {
  private static final int FIRST_ELEMENT = 132;
  private static final int TRANSFER_SYNTAX = 0x00020010;
  private static final int PIXELS = 0x7FE00010;
  private static final int ITEM = 0xFFFEE000;
  private static final int ITEM_END = 0xFFFEE00D;
  private static final int SEQUENCE_END = 0xFFFEE0DD;
  private static final int UNKNOWN_LENGTH = -1;
  private static final int DEEPEST = 32;

  private static final String IMPLICIT_LITTLE = "1.2.840.10008.1.2";
  private static final String EXPLICIT_LITTLE = "1.2.840.10008.1.2.1";
  private static final String EXPLICIT_BIG = "1.2.840.10008.1.2.2";

  /** Value representations with a length of four bytes. */
  private static final Set<String> LONG =
      Set.of("OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV");

  private final ByteBuffer in;
  private final Path file;
  private final Map<Integer, ByteBuffer> elements = new HashMap<>();
  private @Nullable ByteBuffer pixels;
  private boolean implicit;

  private DicomElements(byte[] bytes, Path file) {
    this.in = ByteBuffer.wrap(bytes);
    this.file = file;
  }

  static DicomElements read(byte[] bytes, Path file) {
    var read = new DicomElements(bytes, file);
    try {
      read.all();
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw new UserError(
          file + ": ends in the middle: the file is truncated or damaged; copy it again", e);
    }
    return read;
  }

  Map<Integer, ByteBuffer> elements() {
    return elements;
  }

  ByteBuffer pixels() {
    if (pixels == null) {
      throw new UserError(file + ": holds no pixels; copy it again, or leave it out of the folder");
    }
    return pixels;
  }

  private void all() {
    in.position(FIRST_ELEMENT).order(ByteOrder.LITTLE_ENDIAN);
    while (in.remaining() >= 8 && in.getShort(in.position()) == 2) {
      element();
    }
    ByteBuffer uid = elements.get(TRANSFER_SYNTAX);
    String syntax =
        uid == null
            ? IMPLICIT_LITTLE
            : StandardCharsets.US_ASCII
                .decode(uid.duplicate())
                .toString()
                .replace('\0', ' ')
                .strip();
    switch (syntax) {
      case IMPLICIT_LITTLE -> implicit = true;
      case EXPLICIT_LITTLE -> implicit = false;
      case EXPLICIT_BIG -> in.order(ByteOrder.BIG_ENDIAN);
      default -> throw compressed(syntax);
    }
    while (pixels == null && in.remaining() >= 8) {
      element();
    }
  }

  private UserError compressed(String syntax) {
    return new UserError(
        file
            + ": pixels are compressed (transfer syntax "
            + syntax
            + "): only uncompressed series are read; convert the series with dcm2niix");
  }

  private int tag() {
    int group = in.getShort() & 0xffff;
    return group << 16 | in.getShort() & 0xffff;
  }

  private void element() {
    int tag = tag();
    String kind = implicit ? "" : kind();
    int length = implicit || LONG.contains(kind) ? in.getInt() : in.getShort() & 0xffff;
    if (length == UNKNOWN_LENGTH) {
      if (tag == PIXELS) {
        throw compressed("encapsulated");
      }
      passSequence(kind.equals("UN"), 0);
      return;
    }
    ByteBuffer value = in.slice().limit(length).slice().order(in.order());
    in.position(in.position() + length);
    if (tag == PIXELS) {
      pixels = value;
    } else {
      elements.put(tag, value);
    }
  }

  /** Two letters, and two unused bytes after those with a long length. */
  private String kind() {
    String kind = "" + (char) in.get() + (char) in.get();
    if (LONG.contains(kind)) {
      in.getShort();
    }
    return kind;
  }

  /** Items up to the sequence's end; the items of an unknown representation are implicit. */
  private void passSequence(boolean unknown, int depth) {
    boolean outside = implicit;
    implicit = outside || unknown;
    for (int tag = tag(); tag != SEQUENCE_END; tag = tag()) {
      int length = in.getInt();
      if (tag != ITEM || depth > DEEPEST) {
        throw new IllegalArgumentException("no item");
      }
      if (length == UNKNOWN_LENGTH) {
        passItem(depth);
      } else {
        in.position(in.position() + length);
      }
    }
    in.getInt();
    implicit = outside;
  }

  private void passItem(int depth) {
    for (int tag = tag(); tag != ITEM_END; tag = tag()) {
      String kind = implicit ? "" : kind();
      int length = implicit || LONG.contains(kind) ? in.getInt() : in.getShort() & 0xffff;
      if (length == UNKNOWN_LENGTH) {
        passSequence(kind.equals("UN"), depth + 1);
      } else {
        in.position(in.position() + length);
      }
    }
    in.getInt();
  }
}
