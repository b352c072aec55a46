package org.maskmine.kernel.shell;

import org.jspecify.annotations.Nullable;

/**
 * The call around a place in a cell.
 *
 * @param name of the method
 * @param argument which of its arguments the place stands in, from 0
 */
record Call(String name, int argument) {

  /** The innermost call that is open at a place, null for none. */
  static @Nullable Call around(String code, int cursor) {
    int depth = 0;
    int argument = 0;
    boolean quoted = false;
    for (int i = cursor - 1; i >= 0; i--) {
      char c = code.charAt(i);
      if (c == '"' && (i == 0 || code.charAt(i - 1) != '\\')) {
        quoted = !quoted;
      } else if (quoted) {
        continue;
      } else if (c == ')' || c == ']' || c == '}') {
        depth++;
      } else if (c == '(' && depth == 0) {
        return of(code, i, argument);
      } else if (c == '(' || c == '[' || c == '{') {
        depth--;
      } else if (c == ',' && depth == 0) {
        argument++;
      }
      if (depth < 0 || (c == ';' && depth == 0)) {
        return null;
      }
    }
    return null;
  }

  private static @Nullable Call of(String code, int bracket, int argument) {
    int end = code.substring(0, bracket).stripTrailing().length();
    int start = end;
    while (start > 0 && Character.isJavaIdentifierPart(code.charAt(start - 1))) {
      start--;
    }
    return start == end ? null : new Call(code.substring(start, end), argument);
  }
}
