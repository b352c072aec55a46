package org.maskmine;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** JSON objects whose first line is a checksum over the others, so that damage is found. */
public final class SealedText {
  private static final Pattern SEAL = Pattern.compile("^\\{\\s*\"crc32c\": \"([0-9a-f]{8})\",\\s*");

  private SealedText() {}

  /**
   * An object with its checksum.
   *
   * @param object in JSON, with at least one member
   */
  public static String seal(String object) {
    String rest = object.substring(1).stripLeading();
    return "{\n  \"crc32c\": \"" + Digest.checksum(rest) + "\",\n  " + rest;
  }

  /**
   * The object, its checksum compared; files of earlier versions have none.
   *
   * @throws IOException where the text is not what was written
   */
  public static String open(String text) throws IOException {
    Matcher seal = SEAL.matcher(text);
    if (!seal.find()) {
      return text;
    }
    String rest = text.substring(seal.end());
    if (!Digest.checksum(rest).equals(seal.group(1))) {
      throw new IOException("its checksum does not fit, it was damaged or changed by hand");
    }
    return "{" + rest;
  }
}
