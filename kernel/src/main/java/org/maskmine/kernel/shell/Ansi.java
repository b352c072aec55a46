package org.maskmine.kernel.shell;

/**
 * What stands out is bold: JupyterLab's red is hard to read on the red that it lays behind errors.
 */
final class Ansi {
  private Ansi() {}

  static String bad(String text) {
    return "\u001b[1m" + text + "\u001b[0m";
  }
}
