package org.maskmine.kernel.shell;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Does to a file what kills and disks do. */
final class Damage {
  private Damage() {}

  /** Checks what becomes of a file that is empty, cut in every line, garbled, or no text. */
  static void each(Path file, Runnable check) throws IOException {
    byte[] whole = Files.readAllBytes(file);
    after(file, new byte[0], check);
    after(file, "\n".getBytes(StandardCharsets.UTF_8), check);
    for (int cut : new int[] {1, 5, whole.length / 2, whole.length - 2, whole.length - 1}) {
      after(file, Arrays.copyOf(whole, cut), check);
    }
    for (int at : new int[] {0, 12, whole.length / 2, whole.length - 1}) {
      byte[] garbled = whole.clone();
      garbled[at] ^= 1;
      after(file, garbled, check);
      garbled[at] = (byte) 0xFF; // never in UTF-8
      after(file, garbled, check);
    }
    byte[] zeros = new byte[whole.length];
    after(file, zeros, check);
  }

  private static void after(Path file, byte[] damaged, Runnable check) throws IOException {
    Files.write(file, damaged);
    check.run();
  }
}
