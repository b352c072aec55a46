package org.maskmine;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/** What tells contents apart: SHA-256 as a name, CRC-32C against damage. */
public final class Digest {
  private Digest() {}

  /** A new SHA-256, for what comes in pieces. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Hexadecimal SHA-256 of a text in UTF-8. */
  public static String of(String text) {
    return hex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Bytes in hexadecimal. */
  public static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  /** Hexadecimal CRC-32C (Castagnoli) of a text in UTF-8. */
  static String checksum(String text) {
    var crc = new CRC32C();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return checksum(crc);
  }

  /** A finished CRC-32C in hexadecimal. */
  public static String checksum(CRC32C crc) {
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }
}
