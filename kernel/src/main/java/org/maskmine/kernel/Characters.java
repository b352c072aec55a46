package org.maskmine.kernel;

/** The protocol counts Unicode code points, Java UTF-16 units. */
final class Characters {
  private Characters() {}

  static int toUtf16(String code, int codePoints) {
    int all = code.codePointCount(0, code.length());
    return code.offsetByCodePoints(0, Math.min(Math.max(0, codePoints), all));
  }

  static int toCodePoints(String code, int utf16) {
    return code.codePointCount(0, Math.min(utf16, code.length()));
  }
}
