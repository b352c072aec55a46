package org.maskmine.kernel.shell;

/** The one colour used; front ends pick a shade of it that suits their theme. */
final class Ansi {
  private Ansi() {}

  static String bad(String text) {
    return "\u001b[31m" + text + "\u001b[0m";
  }
}
