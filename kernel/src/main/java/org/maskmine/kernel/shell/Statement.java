package org.maskmine.kernel.shell;

import java.util.ArrayList;
import java.util.List;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;

/**
 * One statement, declaration or expression of a cell, as JShell takes them: one by one.
 *
 * @param code what JShell is given; never begins with white space, because JShell would then count
 *     lines from the wrong one
 * @param start where {@code code} begins in the cell's source
 * @param closed whether the user ended it with a semicolon, and so wants to see no value
 * @param whole false where the source ends in the middle of it or cannot be parsed
 */
record Statement(String code, int start, boolean closed, boolean whole) {

  /** Splits a cell; where a part cannot be parsed it is the last one and takes in all the rest. */
  static List<Statement> split(String source, SourceCodeAnalysis analysis) {
    var statements = new ArrayList<Statement>();
    String rest = source;
    while (!rest.isBlank()) {
      int from = source.length() - rest.length();
      CompletionInfo info = analysis.analyzeCompletion(rest);
      switch (info.completeness()) {
        case EMPTY -> rest = "";
        case COMPLETE, COMPLETE_WITH_SEMI, CONSIDERED_INCOMPLETE -> {
          String written = rest.substring(0, rest.length() - info.remaining().length());
          statements.add(of(info.source(), written, from, true));
          rest = info.remaining();
        }
        default -> {
          statements.add(of(rest, rest, from, false));
          rest = "";
        }
      }
    }
    return statements;
  }

  private static Statement of(String code, String written, int from, boolean whole) {
    int blank = written.length() - written.stripLeading().length();
    boolean closed = written.endsWith(";");
    return new Statement(code.strip(), from + blank, closed, whole);
  }
}
