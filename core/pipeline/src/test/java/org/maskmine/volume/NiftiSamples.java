package org.maskmine.volume;

import com.google.gson.Gson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;

/** Files that nibabel wrote and what it reads from them: {@code src/test/python}. */
final class NiftiSamples {
  private NiftiSamples() {}

  record Expected(String file, int[] size, double[] affine, String sha256, float[] last) {
    @Override
    public String toString() {
      return file;
    }
  }

  static Expected[] expected() {
    return new Gson().fromJson(text(sample("expected.json")), Expected[].class);
  }

  static Path sample(String name) {
    var url = Objects.requireNonNull(NiftiSamples.class.getResource("nifti/" + name), name);
    try {
      return Path.of(url.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(Path file) {
    return new String(bytes(file), java.nio.charset.StandardCharsets.UTF_8);
  }

  /** SHA-256 over the values as little-endian float32, as the Python scripts do it. */
  static String sha256(float[] values) {
    var buffer = ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      buffer.putInt(Float.floatToIntBits(value));
    }
    return sha256(buffer.array());
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static double[] numbers(Affine a) {
    return new double[] {
      a.xx(), a.xy(), a.xz(), a.x0(), a.yx(), a.yy(), a.yz(), a.y0(), a.zx(), a.zy(), a.zz(), a.z0()
    };
  }
}
