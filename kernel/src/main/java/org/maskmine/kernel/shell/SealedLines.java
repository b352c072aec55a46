package org.maskmine.kernel.shell;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;

/**
 * A text file that is there to save time alone. Its first line is a checksum over the others, so
 * that one that is missing, cut or damaged is found, and is as good as none.
 */
final class SealedLines {
  private SealedLines() {}

  static void write(Path file, List<String> lines) throws IOException {
    String text = String.join("\n", lines) + "\n";
    Files.writeString(file, checksum(text) + "\n" + text);
  }

  /** The lines that were written; none where the file does not hold them all. */
  static List<String> read(Path file) {
    try {
      String all = Files.readString(file);
      int end = all.indexOf('\n');
      String text = all.substring(end + 1);
      boolean whole = end >= 0 && all.substring(0, end).equals(checksum(text));
      return whole ? text.lines().toList() : List.of();
    } catch (IOException e) {
      return List.of();
    }
  }

  /** CRC-32, which is native code: the others are slow until Java has compiled them. */
  private static String checksum(String text) {
    var crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return Long.toHexString(crc.getValue());
  }
}
