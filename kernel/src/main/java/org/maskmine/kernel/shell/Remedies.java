package org.maskmine.kernel.shell;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The compiler's commonest complaints in a beginner's words, each with what to do. */
final class Remedies {
  private record Remedy(Pattern complaint, String sentence) {
    static Remedy of(String complaint, String sentence) {
      return new Remedy(Pattern.compile(complaint), sentence);
    }
  }

  private static final List<Remedy> ALL =
      List.of(
          Remedy.of("';' expected", "a semicolon is missing: end the statement with ;"),
          Remedy.of("'\\)'(?: or ',')? expected", "a comma or a closing ) is missing here"),
          Remedy.of(
              "reached end of file while parsing",
              "the cell ends in the middle of a statement: close every ( with ) and every { with }"),
          Remedy.of(
              "unclosed string literal", "the text is not closed: end it with \" in the same line"),
          Remedy.of(
              "(?:unclosed|empty) character literal",
              "single quotes hold one character: write text in double quotes, \"text\""),
          Remedy.of(
              "illegal character: '(?:\\\\u20(?:18|19|1a|1c|1d|1e)|\\\\u00(?:ab|bb))'",
              "a typographic quote: type the straight one, \""),
          Remedy.of("illegal character: '#'", "# begins no comment in Java: write //"),
          Remedy.of(
              "illegal escape character",
              "\\ begins an escape sequence in a text: write paths with / or with \\\\"),
          Remedy.of(
              "missing return statement",
              "the method promises a value and gives none: end it with return and the value"),
          Remedy.of(
              "not a statement",
              "this computes a value and does nothing with it: assign it, or return it"),
          Remedy.of("'\\.' expected", "Java imports a class or a package: import java.util.List;"),
          Remedy.of("<identifier> expected", "a name or a type is missing here"),
          Remedy.of(
              "unexpected type\\s+required: variable\\s+found:\\s+value",
              "= gives a value to a variable: compare numbers with == and texts with .equals(…)"),
          Remedy.of(
              "(incompatible types: possible lossy conversion from (?:double|float|long) to (?:int|long))",
              "$1; write (int) before the value, or a whole number"),
          Remedy.of(
              "bad operand types for binary operator '(.+)'\\s+first type:\\s+(.+)\\s+second type:\\s+(.+)",
              "$2 $1 $3: Java has no such operation"),
          Remedy.of(
              "unexpected type\\s+required: reference\\s+found:\\s+int",
              "int cannot stand between < and >: write Integer"),
          Remedy.of(
              "unexpected type\\s+required: reference\\s+found:\\s+double",
              "double cannot stand between < and >: write Double"),
          Remedy.of(
              "package (system|math|arrays|string|files|list) does not exist",
              "$1: no such name; names of types begin with a capital letter"),
          Remedy.of(
              "variable (\\w+) might not have been initialized",
              "$1 has no value yet: give it one where it is declared"));

  private Remedies() {}

  /** The complaint with its remedy, or unchanged where none is known. */
  static String of(String complaint) {
    for (Remedy each : ALL) {
      Matcher found = each.complaint().matcher(complaint);
      if (found.matches()) {
        return found.replaceFirst(each.sentence().replace("\\", "\\\\"));
      }
    }
    return complaint;
  }
}
