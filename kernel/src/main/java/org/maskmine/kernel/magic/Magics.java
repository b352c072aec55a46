package org.maskmine.kernel.magic;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.maskmine.UserError;
import org.maskmine.dsl.view.View;
import org.maskmine.kernel.shell.Cell;
import org.maskmine.kernel.shell.CellFailure;
import org.maskmine.kernel.shell.Completion;
import org.maskmine.kernel.shell.JavaShell;
import org.maskmine.kernel.shell.Result;
import org.maskmine.kernel.shell.Spelling;

/** Runs cells, magics first. */
public final class Magics {
  private static final String WHOLE_CELL = "%%";

  private final JavaShell shell;
  private final ClassPath classPath;
  private final Map<String, Magic> byName = new LinkedHashMap<>();

  /**
   * Magics for a shell.
   *
   * @param classPath what cells can use from the start, as on a class path
   */
  public Magics(JavaShell shell, String classPath) {
    this.shell = shell;
    this.classPath = new ClassPath(shell, classPath);
    addAll();
  }

  private void addAll() {
    add("%help", "", "what magics there are", (call, cell, java) -> shown(help()));
    add(
        "%maven",
        "group:artifact:version …",
        "adds libraries from Maven repositories, with what they need",
        (call, cell, java) -> shown(classPath.addMaven(words(call))));
    add(
        "%jars",
        "[file.jar | folder/*.jar] …",
        "adds jars; alone, lists what was added",
        (call, cell, java) -> shown(classPath.jars(words(call))));
    add(
        "%time",
        "code",
        "runs the rest of its line and says how long that took",
        (call, cell, java) ->
            timed(cell, MagicCell.inPlace(cell.source(), call.at(), call.arguments())));
    add("%%time", "", "says how long the cell took", (call, cell, java) -> timed(cell, java));
    add("%vars", "", "the notebook's variables", (call, cell, java) -> variables());
    add(
        "%runs",
        "",
        "the runs in the store, as runs() shows them",
        (call, cell, java) -> shell.run(cell.withSource("runs()")));
    add(
        "%env",
        "[NAME]",
        "the variables of the kernel's environment, or one of them",
        (call, cell, java) -> environment(call.arguments()));
  }

  private void add(String name, String takes, String about, Magic.Action action) {
    byName.put(name, new Magic(name, takes, about, action));
  }

  /** What may stand at a place in a cell: a magic, or Java. */
  public Completion complete(String code, int cursor) {
    String begun = magicBefore(code, cursor);
    if (begun == null) {
      return shell.complete(java(code), cursor);
    }
    List<String> matches = byName.keySet().stream().filter(each -> each.startsWith(begun)).toList();
    return new Completion(matches, cursor - begun.length(), cursor);
  }

  /** Describes what stands at a place in a cell: a magic, or Java. */
  public @Nullable String describe(String code, int cursor, boolean detailed) {
    int end = cursor;
    while (end < code.length() && !Character.isWhitespace(code.charAt(end))) {
      end++;
    }
    String name = magicBefore(code, end);
    Magic magic = name == null ? null : byName.get(name);
    return magic == null
        ? shell.describe(java(code), cursor, detailed)
        : usage(magic) + "\n" + magic.about();
  }

  /** The magic that ends at a place, null where none does. */
  private static @Nullable String magicBefore(String code, int cursor) {
    String line = code.substring(code.lastIndexOf('\n', cursor - 1) + 1, cursor);
    return line.matches("%\\S*") ? line : null;
  }

  /** A cell's Java, with its magics blank. */
  public static String java(String source) {
    return source.startsWith("%") || source.contains("\n%")
        ? MagicCell.parse(source).java()
        : source;
  }

  /**
   * Runs a cell.
   *
   * @throws CellFailure where a magic or the Java fails
   */
  public Result run(Cell cell) throws CellFailure {
    MagicCell parsed = MagicCell.parse(cell.source());
    Result result = Result.NOTHING;
    boolean wholeCell = false;
    for (MagicCell.Call call : parsed.calls()) {
      wholeCell |= call.name().startsWith(WHOLE_CELL);
      result = act(call, cell, parsed.java());
    }
    return parsed.calls().isEmpty() || (parsed.hasJava() && !wholeCell)
        ? shell.run(cell.withSource(parsed.java()))
        : result;
  }

  private Result act(MagicCell.Call call, Cell cell, String java) throws CellFailure {
    try {
      return magic(call.name()).action().act(call, cell, java);
    } catch (UserError e) {
      throw CellFailure.of(e);
    }
  }

  private Magic magic(String name) {
    Magic magic = byName.get(name);
    if (magic == null) {
      String nearest = Spelling.nearest(name, byName.keySet());
      throw new UserError(
          name
              + ": no such magic; "
              + (nearest == null ? "%help lists what there is" : "did you mean " + nearest + "?"));
    }
    return magic;
  }

  private static Result shown(String text) {
    return new Result(true, View.text(text));
  }

  private static List<String> words(MagicCell.Call call) {
    return Stream.of(call.arguments().split("\\s+")).filter(each -> !each.isEmpty()).toList();
  }

  private String help() {
    int width = byName.values().stream().mapToInt(each -> usage(each).length()).max().orElse(0);
    return byName.values().stream()
        .map(each -> String.format("%-" + width + "s  %s", usage(each), each.about()))
        .collect(Collectors.joining("\n"));
  }

  private static String usage(Magic magic) {
    return (magic.name() + " " + magic.takes()).strip();
  }

  private Result timed(Cell cell, String java) throws CellFailure {
    long begin = System.nanoTime();
    Result result = shell.run(cell.withSource(java));
    System.out.println("took " + duration(System.nanoTime() - begin));
    return result;
  }

  /** Milliseconds, seconds or minutes, with three digits. */
  static String duration(long nanos) {
    double seconds = nanos / 1e9;
    if (seconds < 1) {
      return String.format(Locale.ROOT, seconds < 0.1 ? "%.1f ms" : "%.0f ms", seconds * 1000);
    }
    return seconds < 60
        ? String.format(Locale.ROOT, "%.2f s", seconds)
        : String.format(Locale.ROOT, "%d:%02d min", (int) seconds / 60, (int) seconds % 60);
  }

  private Result variables() {
    var all = shell.variables();
    return all.isEmpty() ? shown("no variables yet") : new Result(true, all);
  }

  private static Result environment(String name) {
    if (name.isEmpty()) {
      return new Result(true, new TreeMap<>(System.getenv()));
    }
    if (name.contains("=")) {
      throw new UserError(
          "%env "
              + name
              + ": a running Java cannot change its environment; install the kernel with --env "
              + name);
    }
    String value = System.getenv(name);
    if (value == null) {
      throw new UserError("%env " + name + ": is not set; %env lists what is");
    }
    return shown(value);
  }
}
