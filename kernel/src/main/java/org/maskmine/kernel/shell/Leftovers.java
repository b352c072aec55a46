package org.maskmine.kernel.shell;

import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.VarSnippet;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Removes what JShell keeps of snippets that nobody can name any longer. JShell keeps everything,
 * and hands the class files of all former cells to the compiler several times a cell: after some
 * thousand cells each would take seconds.
 *
 * <p>Where JShell is closed to the kernel, nothing is removed.
 */
final class Leftovers {
  /** Sweeping looks at every snippet; once in so many cells is seldom enough. */
  private static final int EVERY = 20;

  /** So many former snippets stay, because a thread they started may still throw. */
  private static final int KEPT = 500;

  /** So many cells share their compilers, which keep every name they ever met. */
  private static final int COMPILERS_EVERY = 1000;

  private final JShell jshell;
  private final Origins origins;
  private final @Nullable Inside inside;
  private int cells;

  /**
   * JShell's own collections.
   *
   * @param classFiles of snippets by class name
   * @param wraps of snippets by class name
   * @param snippets all there ever were, in order
   * @param byIndex the same by the index of their key, with gaps
   * @param dependents the indices of those that name something, by its name
   * @param variables keys of variables by name
   * @param loaded what is known of loaded classes, by name
   * @param className gives a snippet's class name
   */
  private record Inside(
      Map<String, ?> classFiles,
      Map<String, ?> wraps,
      Set<Snippet> snippets,
      List<@Nullable Snippet> byIndex,
      Map<String, Set<Integer>> dependents,
      Map<String, ?> variables,
      Map<String, ?> loaded,
      Method className) {}

  private Leftovers(JShell jshell, Origins origins, @Nullable Inside inside) {
    this.jshell = jshell;
    this.origins = origins;
    this.inside = inside;
  }

  /**
   * Looks into JShell.
   *
   * @param origins of snippets, which go with them
   */
  static Leftovers of(JShell jshell, Origins origins) {
    try {
      return new Leftovers(jshell, origins, inside(jshell));
    } catch (ReflectiveOperationException | InaccessibleObjectException e) {
      LoggerFactory.getLogger(Leftovers.class).debug("former cells are kept: {}", e.toString());
      return new Leftovers(jshell, origins, null);
    }
  }

  @SuppressWarnings("unchecked") // the fields are declared so in every JDK from 17 on
  private static Inside inside(JShell jshell) throws ReflectiveOperationException {
    Object files = JShellParts.of(jshell, "taskFactory", "fileManager");
    Object maps = JShellParts.of(jshell, "maps");
    Method className = Snippet.class.getDeclaredMethod("classFullName");
    className.setAccessible(true);
    return new Inside(
        (Map<String, ?>) JShellParts.of(files, "classObjects"),
        (Map<String, ?>) JShellParts.of(jshell, "outerMap", "classOuters"),
        (Set<Snippet>) JShellParts.of(maps, "snippets"),
        (List<@Nullable Snippet>) JShellParts.of(maps, "keyIndexToSnippet"),
        (Map<String, Set<Integer>>) JShellParts.of(maps, "dependencies"),
        (Map<String, ?>) JShellParts.of(jshell, "keyMap", "varMap"),
        (Map<String, ?>) JShellParts.of(jshell, "classTracker", "map"),
        className);
  }

  /** Called after each cell. */
  @Nullable Void sweep() {
    cells++;
    if (inside != null && cells % EVERY == 0) {
      sweep(inside);
    }
    if (cells % COMPILERS_EVERY == 0) {
      CompilerPool.renew(jshell);
    }
    return null;
  }

  private void sweep(Inside jshells) {
    List<Snippet> all = List.copyOf(jshells.snippets());
    List<Snippet> former = all.stream().filter(each -> !isAlive(each)).toList();
    Set<String> alive =
        all.stream()
            .filter(this::isAlive)
            .map(each -> className(jshells, each))
            .collect(Collectors.toSet());
    jshells.classFiles().keySet().removeIf(name -> !alive.contains(outermost(name)));
    remove(former.subList(0, Math.max(0, former.size() - KEPT)), jshells);
  }

  private void remove(List<Snippet> gone, Inside jshells) {
    gone.forEach(jshells.snippets()::remove);
    gone.forEach(each -> origins.forget(each.id()));
    Collection<String> goneNames =
        gone.stream().map(each -> className(jshells, each)).collect(Collectors.toSet());
    jshells.wraps().keySet().removeIf(name -> goneNames.contains("REPL." + name));
    Set<Snippet> goneSnippets = Set.copyOf(gone);
    jshells.byIndex().replaceAll(each -> each != null && goneSnippets.contains(each) ? null : each);
    jshells.dependents().values().forEach(all -> all.removeIf(i -> isGap(jshells.byIndex(), i)));
    gone.stream()
        .filter(Leftovers::isNameless)
        .map(each -> className(jshells, each))
        .forEach(jshells.loaded()::remove);
    jshells.variables().keySet().removeIf(name -> name.startsWith(JavaShell.SHOWN));
  }

  private static boolean isGap(List<@Nullable Snippet> byIndex, int index) {
    return index >= byIndex.size() || byIndex.get(index) == null;
  }

  /** Whether the class of a snippet has a name that no later one gets. */
  private static boolean isNameless(Snippet snippet) {
    return !snippet.kind().isPersistent()
        || (snippet instanceof VarSnippet variable && variable.name().startsWith(JavaShell.SHOWN));
  }

  private boolean isAlive(Snippet snippet) {
    return snippet.kind().isPersistent() && jshell.status(snippet).isActive();
  }

  private static String outermost(String className) {
    int inner = className.indexOf('$', "REPL.$JShell$".length());
    return inner < 0 ? className : className.substring(0, inner);
  }

  private static String className(Inside jshells, Snippet snippet) {
    try {
      return String.valueOf(jshells.className().invoke(snippet));
    } catch (ReflectiveOperationException | RuntimeException e) {
      return ""; // erroneous snippets have no class
    }
  }
}
