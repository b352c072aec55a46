package org.maskmine.volume;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The ways in which NIfTI stores a real number per voxel, with their codes in the header. */
enum NumberType {
  UINT8(2, 1) {
    @Override
    void decode(ByteBuffer in, double[] out, int count) {
      for (int i = 0; i < count; i++) {
        out[i] = in.get() & 0xff;
      }
    }
  },
  INT16(4, 2) {
    @Override
    void decode(ByteBuffer in, double[] out, int count) {
      for (int i = 0; i < count; i++) {
        out[i] = in.getShort();
      }
    }
  },
  INT32(8, 4) {
    @Override
    void decode(ByteBuffer in, double[] out, int count) {
      for (int i = 0; i < count; i++) {
        out[i] = in.getInt();
      }
    }
  },
  FLOAT32(16, 4) {
    @Override
    void decode(ByteBuffer in, double[] out, int count) {
      for (int i = 0; i < count; i++) {
        out[i] = in.getFloat();
      }
    }
  },
  FLOAT64(64, 8) {
    @Override
    void decode(ByteBuffer in, double[] out, int count) {
      for (int i = 0; i < count; i++) {
        out[i] = in.getDouble();
      }
    }
  },
  INT8(256, 1) {
    @Override
    void decode(ByteBuffer in, double[] out, int count) {
      for (int i = 0; i < count; i++) {
        out[i] = in.get();
      }
    }
  },
  UINT16(512, 2) {
    @Override
    void decode(ByteBuffer in, double[] out, int count) {
      for (int i = 0; i < count; i++) {
        out[i] = in.getShort() & 0xffff;
      }
    }
  },
  UINT32(768, 4) {
    @Override
    void decode(ByteBuffer in, double[] out, int count) {
      for (int i = 0; i < count; i++) {
        out[i] = in.getInt() & 0xffffffffL;
      }
    }
  },
  INT64(1024, 8) {
    @Override
    void decode(ByteBuffer in, double[] out, int count) {
      for (int i = 0; i < count; i++) {
        out[i] = (double) in.getLong();
      }
    }
  },
  UINT64(1280, 8) {
    @Override
    void decode(ByteBuffer in, double[] out, int count) {
      for (int i = 0; i < count; i++) {
        long bits = in.getLong();
        out[i] = bits >= 0 ? (double) bits : (double) ((bits >>> 1) | (bits & 1)) * 2;
      }
    }
  };

  final int code;
  final int bytes;

  NumberType(int code, int bytes) {
    this.code = code;
    this.bytes = bytes;
  }

  /** Takes so many numbers from the buffer, in the buffer's byte order. */
  abstract void decode(ByteBuffer in, double[] out, int count);

  static Optional<NumberType> of(int code) {
    return Arrays.stream(values()).filter(type -> type.code == code).findFirst();
  }

  /** The name as nibabel prints it: {@code int16}. */
  String label() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  static String labels() {
    return Arrays.stream(values()).map(NumberType::label).collect(Collectors.joining(", "));
  }
}
