package org.maskmine.volume;

import com.google.gson.Gson;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** What scipy computed for small random masks: {@code src/test/python/grids.py}. */
record Grids(Slice[] slices, Solid[] volumes) {
  record Slice(int nx, int ny, String mask, double[] distances, String dilated, String eroded) {}

  record Solid(
      int nx,
      int ny,
      int nz,
      double[] spacing,
      String mask,
      double[] millimetres,
      int[] faces,
      int[] edges,
      int[] corners,
      String largest,
      String dilatedTwice,
      String erodedOfDilated) {
    Mask asMask() {
      var geometry = Geometry.of(nx, ny, nz, new Spacing(spacing[0], spacing[1], spacing[2]));
      return new Mask(geometry, bytes(mask));
    }
  }

  static Grids read() {
    var stream = Objects.requireNonNull(Grids.class.getResourceAsStream("grids.json"));
    try (var in = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
      return new Gson().fromJson(in, Grids.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] bytes(String bits) {
    byte[] out = new byte[bits.length()];
    for (int i = 0; i < out.length; i++) {
      out[i] = (byte) (bits.charAt(i) - '0');
    }
    return out;
  }

  static String bits(byte[] mask) {
    var out = new StringBuilder();
    for (byte label : mask) {
      out.append(label);
    }
    return out.toString();
  }
}
