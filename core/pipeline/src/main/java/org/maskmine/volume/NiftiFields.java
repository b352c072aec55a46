package org.maskmine.volume;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The fields of a NIfTI header where they stand in its bytes, for both versions of the format
 * (nifti1.h, nifti2.h).
 */
final class NiftiFields {
  static final int BYTES_1 = 348;
  static final int BYTES_2 = 540;

  private final ByteBuffer bytes;
  private final boolean second;

  /** A whole header; the buffer already has the file's byte order. */
  NiftiFields(ByteBuffer bytes) {
    this.bytes = bytes;
    this.second = bytes.capacity() == BYTES_2;
  }

  int headerBytes() {
    return bytes.capacity();
  }

  ByteOrder order() {
    return bytes.order();
  }

  /** The magic's visible part: {@code n+1}, {@code ni1}, {@code n+2}, {@code ni2}. */
  String magic() {
    int at = second ? 4 : 344;
    var text = new StringBuilder();
    for (int i = at; i < at + 3; i++) {
      int letter = bytes.get(i);
      text.append(letter >= ' ' && letter <= '~' ? (char) letter : '?');
    }
    return text.toString();
  }

  long dim(int i) {
    return second ? bytes.getLong(16 + 8 * i) : bytes.getShort(40 + 2 * i);
  }

  double pixdim(int i) {
    return second ? bytes.getDouble(104 + 8 * i) : bytes.getFloat(76 + 4 * i);
  }

  int datatype() {
    return bytes.getShort(second ? 12 : 70);
  }

  double voxelOffset() {
    return second ? bytes.getLong(168) : bytes.getFloat(108);
  }

  double slope() {
    return second ? bytes.getDouble(176) : bytes.getFloat(112);
  }

  double intercept() {
    return second ? bytes.getDouble(184) : bytes.getFloat(116);
  }

  int qformCode() {
    return second ? bytes.getInt(344) : bytes.getShort(252);
  }

  int sformCode() {
    return second ? bytes.getInt(348) : bytes.getShort(254);
  }

  /** b, c, d of the unit quaternion a + bi + cj + dk. */
  double quaternion(int i) {
    return second ? bytes.getDouble(352 + 8 * i) : bytes.getFloat(256 + 4 * i);
  }

  double qoffset(int i) {
    return second ? bytes.getDouble(376 + 8 * i) : bytes.getFloat(268 + 4 * i);
  }

  /** One number of srow_x, srow_y or srow_z. */
  double srow(int row, int column) {
    int i = 4 * row + column;
    return second ? bytes.getDouble(400 + 8 * i) : bytes.getFloat(280 + 4 * i);
  }
}
