package org.maskmine.kernel.shell;

import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Status;
import jdk.jshell.SnippetEvent;
import jdk.jshell.UnresolvedReferenceException;
import jdk.jshell.VarSnippet;
import org.jspecify.annotations.Nullable;
import org.maskmine.UserError;

/** Writes an error as the user should read it: message first, then the cell's own line. */
final class FailureText {
  private static final int SHOWN_FRAMES = 12;
  private static final int SHOWN_CAUSES = 5;
  private static final int SHOWN_CANDIDATES = 3;
  private static final Pattern WRONG_ARGUMENTS =
      Pattern.compile(
          "(?:method|constructor) (\\w+) in \\w+ .* cannot be applied to given types;\\s+"
              + "required:\\s+(.*)\\s+found:\\s+(.*)\\s+reason:\\s+(.*)");
  private static final Pattern WRONG_TYPE =
      Pattern.compile("incompatible types: (\\S+) cannot be converted to ([A-Z][\\w.]+)");
  private static final Pattern SYNTAX =
      Pattern.compile("compiler\\.err\\.(expected|premature|illegal|not\\.stmt|unclosed)");
  private static final Pattern CANDIDATE =
      Pattern.compile("(?:method|constructor) [\\w.<>,]+\\((.*)\\) is not applicable");
  private static final Pattern NONE_SUITABLE =
      Pattern.compile("no suitable (?:method|constructor) found for (\\w+)\\((.*)\\)");
  private static final Pattern OPTION_MISMATCH =
      Pattern.compile("varargs mismatch; ([A-Z]\\w+(?<!String)) cannot be converted to (\\w+)");
  private static final Pattern NOT_CONVERTIBLE =
      Pattern.compile("(\\S+) cannot be converted to (\\S+)");

  private final JShell jshell;
  private final Origins origins;
  private final Assistant assistant;
  private final Verbs verbs;

  FailureText(JShell jshell, Origins origins, Assistant assistant, Verbs verbs) {
    this.jshell = jshell;
    this.origins = origins;
    this.assistant = assistant;
    this.verbs = verbs;
  }

  /** Throws where an event is a failure. */
  void check(SnippetEvent event, @Nullable Throwable thrown, Cell cell, Statement statement)
      throws CellFailure {
    if (event.causeSnippet() != null) {
      return;
    }
    if (event.exception() != null) {
      throw of(event.exception(), thrown, cell);
    }
    if (event.status() == Status.REJECTED || isVariableOfUnknownType(event)) {
      throw rejected(event.snippet(), cell, statement);
    }
  }

  /** JShell would take it and run its initialiser never, not even once the type is there. */
  private static boolean isVariableOfUnknownType(SnippetEvent event) {
    boolean unknown =
        event.status() == Status.RECOVERABLE_NOT_DEFINED
            || event.status() == Status.RECOVERABLE_DEFINED;
    return unknown && event.snippet() instanceof VarSnippet;
  }

  static CellFailure interrupted(@Nullable String message) {
    String sentence = message == null ? "the cell was interrupted" : message;
    return new CellFailure("Interrupted", sentence, List.of(Ansi.bad("Interrupted: ") + sentence));
  }

  /** The compiler itself failed, as it does at thousands of brackets in one another. */
  CellFailure ofCompiler(Throwable failure, Cell cell) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof StackOverflowError) {
        String sentence =
            "the cell is nested too deeply for the compiler; write it as several statements";
        return new CellFailure("CompileError", sentence, List.of(Ansi.bad(sentence)));
      }
    }
    return of(failure, failure, cell);
  }

  CellFailure unfinished(Cell cell, Statement statement) {
    int line = Origins.lineOf(cell.source(), statement.start()) + 1;
    String sentence = "the statement that begins in line " + line + " is not finished";
    return new CellFailure("CompileError", sentence, List.of(Ansi.bad(sentence)));
  }

  /**
   * An exception as the user should read it.
   *
   * @param shown what is told: the exception itself, or JShell's account of it
   * @param thrown the exception itself
   */
  CellFailure of(Throwable shown, @Nullable Throwable thrown, Cell cell) {
    if (isInterruption(thrown)) {
      return interrupted(null);
    }
    UserError mendable = userError(thrown);
    if (mendable != null) {
      return CellFailure.of(mendable);
    }
    if (thrown instanceof CancellationException && Checkpoint.interrupted()) {
      return interrupted(thrown.getMessage());
    }
    var lines = new ArrayList<String>();
    lines.add(heading(shown));
    lines.addAll(frames(List.of(shown.getStackTrace()), cell));
    Throwable outer = shown;
    for (int i = 0; i < SHOWN_CAUSES && outer.getCause() != null; i++) {
      Throwable cause = outer.getCause();
      lines.add("caused by " + heading(cause));
      lines.addAll(frames(framesOfItsOwn(cause, outer), cell));
      outer = cause;
    }
    return new CellFailure(name(shown), message(shown), lines);
  }

  /** Whether it came of an interrupt, which closes a file that is being read. */
  private static boolean isInterruption(@Nullable Throwable thrown) {
    for (Throwable each = thrown; each != null; each = each.getCause()) {
      if (each instanceof InterruptedException || each instanceof ClosedByInterruptException) {
        return true;
      }
    }
    return false;
  }

  private String heading(Throwable shown) {
    String message = message(shown);
    return Ansi.bad(name(shown)) + (message.isEmpty() ? "" : ": " + message);
  }

  /** The frames of a cause without those at its end that it shares with what it caused. */
  private static List<StackTraceElement> framesOfItsOwn(Throwable cause, Throwable outer) {
    StackTraceElement[] inner = cause.getStackTrace();
    StackTraceElement[] known = outer.getStackTrace();
    int end = inner.length;
    int other = known.length;
    while (end > 0 && other > 0 && inner[end - 1].equals(known[other - 1])) {
      end--;
      other--;
    }
    return List.of(inner).subList(0, end);
  }

  private static @Nullable UserError userError(@Nullable Throwable thrown) {
    for (Throwable each = thrown; each != null; each = each.getCause()) {
      if (each instanceof UserError mendable) {
        return mendable;
      }
    }
    return null;
  }

  private static String name(Throwable shown) {
    if (shown instanceof EvalException exception) {
      String name = exception.getExceptionClassName();
      return name.startsWith("REPL.") ? name.substring(name.lastIndexOf('$') + 1) : name;
    }
    return shown instanceof UnresolvedReferenceException
        ? "NotDeclared"
        : shown.getClass().getName();
  }

  private String message(Throwable shown) {
    if (shown instanceof UnresolvedReferenceException unresolved) {
      var snippet = unresolved.getSnippet();
      String missing = jshell.unresolvedDependencies(snippet).collect(Collectors.joining(", "));
      return snippet.name() + ": cannot be used until " + missing + " is declared";
    }
    if (name(shown).equals("java.lang.StackOverflowError")) {
      return "a method calls itself without end";
    }
    if (name(shown).equals("java.nio.file.NoSuchFileException")) {
      return shown.getMessage() + ": there is no such file";
    }
    String message = shown.getMessage() == null ? "" : plain(shown.getMessage());
    return name(shown).equals(OutOfMemoryError.class.getName()) ? message + remedy() : message;
  }

  private static String remedy() {
    long most = Runtime.getRuntime().maxMemory() >> 20;
    return "; Java may use "
        + most
        + " MB: set variables that are no longer needed to null, make values smaller, or install the"
        + " kernel with --jvm-arg -Xmx"
        + (most / 512 + 1)
        + "g";
  }

  private List<String> frames(List<StackTraceElement> trace, Cell cell) {
    var lines = new ArrayList<String>();
    var library = new ArrayList<StackTraceElement>();
    boolean quoted = false;
    String last = "";
    for (StackTraceElement frame : trace) {
      String file = frame.getFileName();
      if (file != null && file.startsWith("#")) {
        Origins.Origin origin = origins.of(file.substring(1));
        if (origin == null) {
          continue;
        }
        lines.addAll(called(library));
        library.clear();
        int line = origin.linesBefore() + frame.getLineNumber();
        String place = "  in cell [" + origin.cell() + "], line " + line + method(frame);
        if (!place.equals(last)) {
          lines.add(place);
        }
        last = place;
        if (origin.cell() == cell.number() && !quoted) {
          quoted = true;
          lines.addAll(quote(cell.source(), line));
        }
      } else if (!isOurs(frame)) {
        library.add(frame);
      }
    }
    lines.addAll(inFull(library));
    return lines;
  }

  /**
   * What a cell called that failed: its name alone, since nobody can mend the inside of a library;
   * but every frame where the failure is in Maskmine, for then it is our bug.
   */
  private static List<String> called(List<StackTraceElement> library) {
    if (library.isEmpty()) {
      return List.of();
    }
    if (library.stream().anyMatch(each -> each.getClassName().startsWith("org.maskmine."))) {
      return inFull(library);
    }
    StackTraceElement outermost = library.get(library.size() - 1);
    String type = outermost.getClassName();
    return List.of(
        "  in " + type.substring(type.lastIndexOf('.') + 1) + "." + outermost.getMethodName());
  }

  private static List<String> inFull(List<StackTraceElement> library) {
    var lines = new ArrayList<String>();
    library.stream().limit(SHOWN_FRAMES).forEach(frame -> lines.add("  at " + frame));
    if (library.size() > SHOWN_FRAMES) {
      lines.add("  … " + (library.size() - SHOWN_FRAMES) + " more in libraries");
    }
    return lines;
  }

  private static String method(StackTraceElement frame) {
    String name = frame.getMethodName();
    return name.isEmpty() || name.startsWith("do_it") ? "" : " (" + name + ")";
  }

  private static boolean isOurs(StackTraceElement frame) {
    String name = frame.getClassName();
    return name.startsWith("org.maskmine.kernel.")
        || name.startsWith("java.lang.reflect.")
        || name.startsWith("jdk.internal.reflect.")
        || name.startsWith("java.util.concurrent.ThreadPoolExecutor")
        || name.startsWith("java.lang.invoke.LambdaForm")
        || name.startsWith("java.lang.invoke.DirectMethodHandle")
        || name.equals("java.lang.Thread")
        || name.startsWith("REPL.");
  }

  private static List<String> quote(String source, int line) {
    String[] lines = source.split("\n", -1);
    var quoted = new ArrayList<String>();
    for (int i = Math.max(1, line - 2); i <= Math.min(lines.length, line + 2); i++) {
      String text = String.format("%4d | %s", i, lines[i - 1]);
      quoted.add(i == line ? Ansi.bad("---> " + text) : "     " + text);
    }
    return quoted;
  }

  private CellFailure rejected(Snippet snippet, Cell cell, Statement statement) {
    var bySentence = new LinkedHashMap<String, Complaint>();
    List<Diag> errors = jshell.diagnostics(snippet).filter(Diag::isError).toList();
    errors.stream()
        .limit(!errors.isEmpty() && isOfSyntax(errors.get(0)) ? 1 : errors.size())
        .map(each -> complaint(each, cell, statement))
        .forEach(each -> bySentence.putIfAbsent(each.sentence(), each));
    if (bySentence.isEmpty() && snippet instanceof DeclarationSnippet declaration) {
      jshell
          .unresolvedDependencies(declaration)
          .map(missing -> assistant.unknownType(missing, statement))
          .map(unknown -> complaint(unknown, cell, statement))
          .forEach(each -> bySentence.putIfAbsent(each.sentence(), each));
    }
    List<Complaint> complaints = List.copyOf(bySentence.values());
    String summary =
        complaints.isEmpty()
            ? "the cell does not compile"
            : complaints.get(0).sentence().lines().findFirst().orElse("");
    List<String> lines = complaints.stream().map(Complaint::lines).flatMap(List::stream).toList();
    return new CellFailure("CompileError", summary, lines);
  }

  /**
   * After a bracket or a semicolon that is missing, the compiler's further complaints are noise.
   */
  private static boolean isOfSyntax(Diag error) {
    return SYNTAX.matcher(error.getCode()).lookingAt();
  }

  /**
   * What the compiler objects to.
   *
   * @param sentence in its words, or in ours where we know more
   * @param source of the cell
   * @param from the first character meant
   * @param to after the last character meant
   */
  private record Complaint(String sentence, String source, int from, int to) {

    /** The sentence, the line of the cell, and a mark under what is meant. */
    List<String> lines() {
      int lineStart = source.lastIndexOf('\n', from - 1) + 1;
      int lineEnd = source.indexOf('\n', from);
      String line = source.substring(lineStart, lineEnd < 0 ? source.length() : lineEnd);
      int width = Math.max(1, Math.min(to - from, line.length() - (from - lineStart)));
      String before = line.substring(0, from - lineStart).replaceAll("[^\t]", " ");
      return List.of(
          "line " + (Origins.lineOf(source, from) + 1) + ": " + Ansi.bad(sentence),
          "    " + line,
          "    " + before + Ansi.bad("^".repeat(width)));
    }
  }

  private Complaint complaint(Diag diagnostic, Cell cell, Statement statement) {
    String message = diagnostic.getMessage(Locale.ENGLISH);
    Assistant.UnknownName unknown = assistant.unknownName(diagnostic, message, statement);
    if (unknown != null) {
      return complaint(unknown, cell, statement);
    }
    int from = statement.start() + (int) Math.max(0, diagnostic.getStartPosition());
    int to = statement.start() + (int) Math.max(0, diagnostic.getEndPosition());
    int last = cell.source().length();
    String sentence = Remedies.of(wrongArguments(plain(message)));
    return new Complaint(sentence, cell.source(), Math.min(from, last), Math.min(to, last));
  }

  /** A value of another type than is needed, with what makes the one that is. */
  private String wrongType(String message) {
    Matcher types = WRONG_TYPE.matcher(message);
    return types.matches() && !isNot(types.group(1), types.group(2)).endsWith(types.group(2))
        ? isNot(types.group(1), types.group(2))
        : message;
  }

  /** Several lines about every method of a name, none of which fits, as one sentence. */
  private String noneSuitable(String message) {
    Matcher call = NONE_SUITABLE.matcher(message);
    if (!call.find()) {
      return message;
    }
    String taken =
        CANDIDATE
            .matcher(message)
            .results()
            .map(candidate -> "(" + spaced(candidate.group(1)) + ")")
            .limit(SHOWN_CANDIDATES)
            .collect(Collectors.joining(" or "));
    String sentence = "%s(%s): takes %s".formatted(call.group(1), spaced(call.group(2)), taken);
    Matcher type = OPTION_MISMATCH.matcher(message);
    return type.find() && !verbs.makersOf(type.group(2)).isEmpty()
        ? sentence + ", and " + isNot(type.group(1), type.group(2))
        : sentence;
  }

  /** That a value is of another type than is needed, and which verbs and constants are of it. */
  private String isNot(String given, String needed) {
    List<String> makers = verbs.makersOf(needed.substring(needed.lastIndexOf('.') + 1));
    String remedy = makers.isEmpty() ? "" : "; made by " + String.join(", ", makers);
    return given + " is no " + needed + remedy;
  }

  /** The compiler's four lines about a call that does not fit, as one sentence with the remedy. */
  private String wrongArguments(String message) {
    Matcher call = WRONG_ARGUMENTS.matcher(message);
    if (!call.matches()) {
      return wrongType(noneSuitable(message));
    }
    String name = call.group(1);
    String takes = call.group(2).equals("no arguments") ? "" : call.group(2);
    String given = call.group(3).equals("no arguments") ? "" : call.group(3);
    boolean many = takes.endsWith("[]") && message.contains("varargs");
    String wanted = many ? takes.substring(0, takes.length() - 2) + "..." : takes;
    String sentence = "%s(%s): takes (%s)".formatted(name, spaced(given), spaced(wanted));
    Matcher type = NOT_CONVERTIBLE.matcher(call.group(4));
    if (!type.find()) {
      List<String> makers = given.isEmpty() ? verbs.makersOf(wanted) : List.of();
      return makers.isEmpty() ? sentence : sentence + ", made by " + String.join(", ", makers);
    }
    return sentence + ", and " + isNot(type.group(1), type.group(2));
  }

  private static String spaced(String types) {
    return types.replace(",", ", ");
  }

  private static Complaint complaint(
      Assistant.UnknownName unknown, Cell cell, Statement statement) {
    int at = statement.start() + unknown.at();
    return new Complaint(unknown.sentence(), cell.source(), at, at + unknown.length());
  }

  /** Without packages, and without the names that JShell gives to what it wraps cells in. */
  private static String plain(String message) {
    return message
        .lines()
        .filter(line -> !line.strip().startsWith("location: class"))
        .map(line -> line.replaceAll("REPL\\.\\$JShell\\$\\w+[.$]?", ""))
        .map(Assistant::withoutPackages)
        .map(line -> line.replace("<nulltype>", "null").replace("<null>", "null"))
        .collect(Collectors.joining("\n"));
  }
}
