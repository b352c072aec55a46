package org.maskmine.kernel.shell;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.JShell;
import jdk.jshell.Snippet.Status;
import jdk.jshell.SnippetEvent;
import org.jspecify.annotations.Nullable;

/** Where in which cell each of JShell's snippets was written. */
final class Origins {
  private final Map<String, Origin> bySnippet = new HashMap<>();
  private final Set<DeclarationSnippet> unresolved = new LinkedHashSet<>();

  /**
   * A place in a cell.
   *
   * @param cell the cell's number
   * @param linesBefore how many lines of the cell come before the statement
   */
  record Origin(int cell, int linesBefore) {}

  void put(SnippetEvent event, Cell cell, Statement statement) {
    if (event.causeSnippet() != null) {
      return;
    }
    int line = lineOf(cell.source(), statement.start());
    bySnippet.put(event.snippet().id(), new Origin(cell.number(), line));
    if (event.snippet() instanceof DeclarationSnippet declaration) {
      unresolved.add(declaration);
    }
  }

  @Nullable Origin of(String snippetId) {
    return bySnippet.get(snippetId);
  }

  void forget(String snippetId) {
    bySnippet.remove(snippetId);
  }

  /**
   * Says which declarations of a cell cannot be used yet, because they name what does not exist.
   */
  void reportUnresolved(JShell jshell, Cell cell) {
    for (DeclarationSnippet each : unresolved) {
      Status status = jshell.status(each);
      if (status == Status.RECOVERABLE_DEFINED || status == Status.RECOVERABLE_NOT_DEFINED) {
        String missing =
            jshell.unresolvedDependencies(each).sorted().collect(Collectors.joining(", "));
        cell.note()
            .accept(
                each.name()
                    + ": cannot be used until "
                    + (missing.isEmpty() ? "what it refers to" : missing)
                    + " is declared");
      }
    }
    unresolved.clear();
  }

  /** The line of a character, counted from 0. */
  static int lineOf(String source, int position) {
    int end = Math.min(position, source.length());
    return (int) source.substring(0, end).chars().filter(c -> c == '\n').count();
  }
}
