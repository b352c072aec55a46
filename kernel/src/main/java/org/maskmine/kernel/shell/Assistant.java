package org.maskmine.kernel.shell;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jdk.jshell.Diag;
import jdk.jshell.JShell;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.SourceCodeAnalysis.Suggestion;
import org.jspecify.annotations.Nullable;

/** Answers while the user types: completion, help, and the name that was meant. */
final class Assistant {
  private static final Pattern SYMBOL =
      Pattern.compile("symbol:\\s+(variable|method|class)\\s+([\\w$]+)");
  private static final int INDENT = 4;
  private static final int BRIEF = 200;

  private final JShell jshell;
  private final ReentrantLock compiler;
  private final Variables variables;
  private final Verbs verbs;
  private @Nullable Javadocs javadocs;

  Assistant(JShell jshell, ReentrantLock compiler, Variables variables, Verbs verbs) {
    this.verbs = verbs;
    this.jshell = jshell;
    this.compiler = compiler;
    this.variables = variables;
  }

  Completion complete(String code, int cursor) {
    int[] start = {cursor};
    List<Suggestion> found = locked(() -> analysis().completionSuggestions(code, cursor, start));
    Set<String> fitting = Set.copyOf(fitting(code, start[0]));
    List<String> matches =
        found.stream()
            .filter(each -> !each.continuation().startsWith("$")) // JShell's own names
            .map(each -> Match.of(each, fitting))
            .sorted()
            .map(Match::text)
            .distinct()
            .toList();
    return new Completion(matches, start[0], cursor);
  }

  /** The options that fit where one begins; JShell itself knows none among variable arguments. */
  private List<String> fitting(String code, int start) {
    boolean member = code.substring(0, start).stripTrailing().endsWith(".");
    Call call = member ? null : Call.around(code, start);
    return call == null ? List.of() : verbs.fitting(call.name(), call.argument());
  }

  /**
   * What may stand at a place.
   *
   * @param rank 0 for an option that fits, 1 for a value of the type that is wanted, 2 for the rest
   */
  private record Match(int rank, String text) implements Comparable<Match> {
    static Match of(Suggestion suggestion, Set<String> fitting) {
      String text = suggestion.continuation();
      return new Match(fitting.contains(name(text)) ? 0 : suggestion.matchesType() ? 1 : 2, text);
    }

    @Override
    public int compareTo(Match other) {
      return rank == other.rank ? text.compareTo(other.text) : Integer.compare(rank, other.rank);
    }
  }

  private static String name(String continuation) {
    int end = 0;
    while (end < continuation.length()
        && Character.isJavaIdentifierPart(continuation.charAt(end))) {
      end++;
    }
    return continuation.substring(0, end);
  }

  @Nullable String describe(String code, int cursor, boolean detailed) {
    int end = cursor;
    while (end < code.length() && Character.isJavaIdentifierPart(code.charAt(end))) {
      end++;
    }
    int start = end;
    while (start > 0 && Character.isJavaIdentifierPart(code.charAt(start - 1))) {
      start--;
    }
    boolean member = code.substring(0, start).stripTrailing().endsWith(".");
    String variable = member ? null : variable(code.substring(start, end), detailed);
    if (variable != null) {
      return variable;
    }
    String documentation = documentation(code.substring(0, end) + "(");
    if (documentation.isEmpty()) {
      documentation = documentation(code.substring(0, end));
    }
    return documentation.isEmpty() ? null : documentation;
  }

  private String documentation(String code) {
    boolean call = code.endsWith("(");
    return locked(() -> analysis().documentation(code, code.length(), true)).stream()
        .map(each -> described(withoutComponents(each.signature(), call), each.javadoc()))
        .distinct()
        .collect(Collectors.joining("\n\n"));
  }

  /** Types by their simple names, as programmers read them. */
  static String withoutPackages(String signature) {
    return signature.replaceAll("\\b(?:[a-z]\\w*\\.)+(?=[A-Z])", "");
  }

  /**
   * Signatures as JDK 17 writes them: later ones put its components behind the name of every
   * record, in those of its methods as well.
   *
   * @param call whether the signature's own last parentheses hold arguments
   */
  static String withoutComponents(String signature, boolean call) {
    return signature.replaceAll("\\([^()]*\\)" + (call ? "(?=[.(])" : ""), "");
  }

  /** With our own comments, and those of Java where its sources are installed. */
  private String described(String signature, @Nullable String comment) {
    String text = comment == null ? javadocs().of(signature) : JavadocText.plain(comment);
    return withoutPackages(signature) + (text == null ? "" : "\n" + text);
  }

  private synchronized Javadocs javadocs() {
    if (javadocs == null) {
      javadocs = Javadocs.ofThisProgram();
    }
    return javadocs;
  }

  private @Nullable String variable(String name, boolean detailed) {
    return jshell
        .variables()
        .filter(each -> each.name().equals(name))
        .map(each -> withoutPackages(each.typeName()))
        .findFirst()
        .map(type -> type + " " + name + " = " + value(name, detailed))
        .orElse(null);
  }

  private String value(String name, boolean detailed) {
    String text = String.valueOf(variables.value(name));
    String line = text.lines().findFirst().orElse("");
    String brief = line.substring(0, Math.min(BRIEF, line.length()));
    return detailed || brief.equals(text) ? text : brief + " …";
  }

  Completeness completeness(String code) {
    CompletionInfo info = locked(() -> last(code));
    return switch (info.completeness()) {
      case UNKNOWN -> new Completeness(Completeness.State.INVALID, "");
      case CONSIDERED_INCOMPLETE, DEFINITELY_INCOMPLETE ->
          new Completeness(Completeness.State.INCOMPLETE, indent(code));
      default -> new Completeness(Completeness.State.COMPLETE, "");
    };
  }

  private CompletionInfo last(String code) {
    CompletionInfo info = analysis().analyzeCompletion(code);
    while (info.completeness().isComplete() && !info.remaining().isBlank()) {
      info = analysis().analyzeCompletion(info.remaining());
    }
    return info;
  }

  private static String indent(String code) {
    String line = code.substring(code.lastIndexOf('\n') + 1);
    int blank = line.length() - line.stripLeading().length();
    boolean opens = line.stripTrailing().matches(".*[{(\\[,]");
    return line.substring(0, blank) + " ".repeat(opens ? INDENT : 0);
  }

  /**
   * A name that does not exist.
   *
   * @param sentence says so, with the nearest name that does exist
   * @param at where in the statement it stands
   * @param length its length
   */
  record UnknownName(String sentence, int at, int length) {}

  /** The name that a diagnostic is about, null where it is about something else. */
  @Nullable UnknownName unknownName(Diag diagnostic, String message, Statement statement) {
    Matcher symbol = SYMBOL.matcher(message);
    if (!diagnostic.getCode().startsWith("compiler.err.cant.resolve") || !symbol.find()) {
      return null;
    }
    return unknownName(symbol.group(1), symbol.group(2), diagnostic.getStartPosition(), statement);
  }

  /**
   * A type that a declaration names and that does not exist.
   *
   * @param missing in JShell's words, such as {@code class ArrayLst}
   */
  UnknownName unknownType(String missing, Statement statement) {
    String name = missing.substring(missing.lastIndexOf(' ') + 1);
    UnknownName unknown = unknownName("class", name, 0, statement);
    return unknown == null ? new UnknownName(name + ": no such type", 0, 1) : unknown;
  }

  private @Nullable UnknownName unknownName(
      String kind, String name, long from, Statement statement) {
    int at = statement.code().indexOf(name, (int) Math.max(0, from));
    if (at < 0) {
      return null;
    }
    boolean member = statement.code().substring(0, at).stripTrailing().endsWith(".");
    String rule =
        member
            ? "no such member"
            : kind.equals("class") ? "no such type" : "no such verb or variable";
    if (!member && !kind.equals("method") && verbs.homeOf(name) != null) {
      return new UnknownName(
          name + ": is a verb, not a variable; write " + name + "(…)", at, name.length());
    }
    String nearest = Spelling.nearest(name, names(statement.code().substring(0, at)));
    String remedy =
        nearest == null && !member
            ? remedyWithoutName(kind, name, statement.code(), at)
            : remedy(kind, name, nearest, member);
    return new UnknownName(name + ": " + rule + remedy, at, name.length());
  }

  /** Where no name is near: the constants that fit, a cell that was not run, or how Java prints. */
  private String remedyWithoutName(String kind, String name, String code, int at) {
    Call call = Call.around(code, at);
    List<String> constants =
        call == null
            ? List.of()
            : verbs.fitting(call.name(), call.argument()).stream()
                .filter(each -> each.equals(each.toUpperCase(Locale.ROOT)))
                .toList();
    if (kind.equals("variable") && !constants.isEmpty()) {
      return "; there is " + String.join(", ", constants);
    }
    if (kind.equals("method") && name.startsWith("print")) {
      return "; a cell shows its last line by itself, and display(value) shows any value";
    }
    return kind.equals("variable") ? "; run the cell that makes it first" : "";
  }

  /** A variable that is missing is more often a cell that was not run than a misspelt type. */
  private static String remedy(String kind, String name, @Nullable String nearest, boolean member) {
    if (nearest == null) {
      return "";
    }
    boolean variable = !member && kind.equals("variable");
    boolean type = variable && Character.isUpperCase(nearest.charAt(0));
    return type && Character.isLowerCase(name.charAt(0))
        ? "; run the cell that makes it first, or did you mean the type " + nearest + "?"
        : "; did you mean " + nearest + "?";
  }

  private List<String> names(String before) {
    return locked(
            () -> analysis().completionSuggestions(before, before.length(), new int[1]).stream())
        .map(each -> name(each.continuation()))
        .filter(each -> !each.isEmpty())
        .distinct()
        .toList();
  }

  private SourceCodeAnalysis analysis() {
    return jshell.sourceCodeAnalysis();
  }

  private <T> T locked(Supplier<T> work) {
    compiler.lock();
    try {
      return work.get();
    } finally {
      compiler.unlock();
    }
  }
}
