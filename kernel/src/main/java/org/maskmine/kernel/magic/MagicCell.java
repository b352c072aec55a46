package org.maskmine.kernel.magic;

import java.util.ArrayList;
import java.util.List;

/**
 * A cell's magics and its Java.
 *
 * @param calls the magics at its top, in order
 * @param java the source with every magic line blank, so that lines count as in the cell
 */
record MagicCell(List<Call> calls, String java) {

  /**
   * One line with a magic.
   *
   * @param name with one {@code %}, or two for a magic of the whole cell
   * @param arguments what follows on its line
   * @param at where they begin in the cell
   */
  record Call(String name, String arguments, int at) {}

  /** Magics stand above the first line of Java; blank lines and comments may come between. */
  static MagicCell parse(String source) {
    var calls = new ArrayList<Call>();
    var java = new StringBuilder();
    int at = 0;
    while (at < source.length()) {
      int end = source.indexOf('\n', at);
      int next = end < 0 ? source.length() : end + 1;
      String line = source.substring(at, end < 0 ? source.length() : end);
      if (line.startsWith("%")) {
        calls.add(call(line, at));
        java.append(" ".repeat(line.length())).append(end < 0 ? "" : "\n");
      } else if (line.isBlank() || line.startsWith("//")) {
        java.append(source, at, next);
      } else {
        return new MagicCell(calls, java + source.substring(at));
      }
      at = next;
    }
    return new MagicCell(calls, java.toString());
  }

  private static Call call(String line, int at) {
    int end = 0;
    while (end < line.length() && !Character.isWhitespace(line.charAt(end))) {
      end++;
    }
    int from = end;
    while (from < line.length() && Character.isWhitespace(line.charAt(from))) {
      from++;
    }
    return new Call(line.substring(0, end), line.substring(from).stripTrailing(), at + from);
  }

  boolean hasJava() {
    return !java.lines().allMatch(line -> line.isBlank() || line.startsWith("//"));
  }

  /** A part of the cell as a source of its own, with its lines and columns as they were. */
  static String inPlace(String source, int from, String part) {
    return source.substring(0, from).replaceAll("[^\n\t]", " ") + part;
  }
}
