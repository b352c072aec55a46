package org.maskmine.kernel.shell;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import jdk.jshell.JShell;
import jdk.jshell.Snippet.Status;
import jdk.jshell.SnippetEvent;
import jdk.jshell.VarSnippet;
import org.jspecify.annotations.Nullable;

/**
 * Hands the values of variables over from what JShell replaces to what it puts in its place: those
 * of variables that depend on what a cell declares anew, and those of variables whose new
 * declaration fails.
 */
final class Handover {
  private final JShell jshell;
  private final Variables variables;
  private final CellControl control;

  /** The declaration of each variable, which stays the same where JShell rebuilds it. */
  private final Map<String, VarSnippet> declared = new HashMap<>();

  Handover(JShell jshell, Variables variables, CellControl control) {
    this.jshell = jshell;
    this.variables = variables;
    this.control = control;
  }

  /**
   * What a change came to.
   *
   * @param events of the change itself
   * @param lost values that no longer fit their variables, by name
   */
  record Outcome(List<SnippetEvent> events, Map<String, Object> lost) {}

  /** Makes a change, with the compiler held. */
  Outcome around(Supplier<List<SnippetEvent>> change) {
    Map<String, Field> homes = variables.homes();
    Map<String, Object> values = variables.values();
    List<SnippetEvent> events = changed(change, homes, values);
    Set<String> waiting = waiting(events, values);
    List<SnippetEvent> again = declareAgain(events, homes);
    waiting.addAll(names(again));
    List<SnippetEvent> all = new ArrayList<>(events);
    all.addAll(again);
    Set<String> alive = locate(all);
    var lost = new LinkedHashMap<String, Object>();
    for (String name : waiting) {
      Object value = values.get(name);
      if (value != null && !(alive.contains(name) && variables.restore(name, value))) {
        lost.put(name, value);
      }
    }
    for (String name : names(all)) {
      variables.left(name, homes.get(name));
    }
    variables.follow();
    return new Outcome(events, lost);
  }

  /**
   * Code of the change finds the variables that depend on it with their values, not blank.
   *
   * @param values in which those that this code changes are renewed
   */
  private List<SnippetEvent> changed(
      Supplier<List<SnippetEvent>> change, Map<String, Field> homes, Map<String, Object> values) {
    declared.keySet().retainAll(homes.keySet());
    Map<String, Field> seen = new HashMap<>(homes);
    var handed = new LinkedHashSet<String>();
    control.beforeInvoke(() -> handed.addAll(handOver(seen)));
    List<SnippetEvent> events;
    try {
      events = change.get();
    } finally {
      control.beforeInvoke(() -> {});
    }
    for (String name : handed) {
      Object value = variables.value(name);
      if (value == null) {
        values.remove(name);
      } else {
        values.put(name, value);
      }
    }
    return events;
  }

  /**
   * Gives variables that were rebuilt, but not declared anew, what the home holds that they left.
   *
   * @param seen where variables lived when they were last looked at
   * @return their names
   */
  private List<String> handOver(Map<String, Field> seen) {
    Map<String, Field> moved = new HashMap<>(seen);
    moved.entrySet().removeIf(e -> e.getValue().equals(variables.home(e.getKey())));
    var handed = new ArrayList<String>();
    if (moved.isEmpty()) {
      return handed;
    }
    for (VarSnippet variable : jshell.variables().toList()) {
      String name = variable.name();
      Field left = moved.get(name);
      if (left == null) {
        continue;
      }
      Object value = Variables.read(left);
      if (variable.equals(declared.get(name)) && value != null && variables.restore(name, value)) {
        handed.add(name);
      }
    }
    moved.keySet().forEach(name -> seen.computeIfPresent(name, (n, f) -> variables.home(n)));
    return handed;
  }

  /**
   * The variables whose newest homes are still without their values.
   *
   * @param values to which those are added that declarations gave
   */
  private Set<String> waiting(List<SnippetEvent> events, Map<String, Object> values) {
    var waiting = new LinkedHashSet<String>();
    for (SnippetEvent event : events) {
      if (!(event.snippet() instanceof VarSnippet variable)) {
        continue;
      }
      String name = variable.name();
      if (gives(event)) {
        waiting.remove(name);
        Object given = control.result(String.valueOf(event.value()));
        if (given == null) {
          values.remove(name);
        } else {
          values.put(name, given);
        }
      } else if (event.status() != Status.OVERWRITTEN && event.status() != Status.REJECTED) {
        waiting.add(name);
      }
    }
    return waiting;
  }

  private static boolean gives(SnippetEvent event) {
    return event.causeSnippet() == null
        && event.status() == Status.VALID
        && event.exception() == null;
  }

  /** A declaration that fails must not cost the variable of that name its type. */
  private List<SnippetEvent> declareAgain(List<SnippetEvent> events, Map<String, Field> homes) {
    var again = new ArrayList<SnippetEvent>();
    for (SnippetEvent event : events) {
      if (event.status() == Status.OVERWRITTEN
          && event.snippet() instanceof VarSnippet former
          && event.causeSnippet() instanceof VarSnippet successor
          && replacedInVain(former, successor, events)) {
        if (jshell.status(successor).isActive() && jshell.status(successor) != Status.VALID) {
          again.addAll(jshell.drop(successor));
        }
        again.addAll(declareAgain(former, homes.get(former.name())));
      }
    }
    return again;
  }

  /** As it was, or where Java has no word for its type, with the nearest type that has one. */
  private List<SnippetEvent> declareAgain(VarSnippet former, @Nullable Field home) {
    List<SnippetEvent> events = jshell.eval(former.typeName() + " " + former.name() + ";");
    String nearest = home == null ? null : home.getType().getCanonicalName();
    return events.get(0).status() == Status.VALID || nearest == null
        ? events
        : jshell.eval(nearest + " " + former.name() + ";");
  }

  private static boolean replacedInVain(
      VarSnippet former, VarSnippet successor, List<SnippetEvent> events) {
    SnippetEvent own = declaration(successor, events);
    return own != null
        && !gives(own)
        && !(own.status() == Status.VALID && former.typeName().equals(successor.typeName()));
  }

  private static @Nullable SnippetEvent declaration(
      VarSnippet variable, List<SnippetEvent> events) {
    return events.stream()
        .filter(each -> each.snippet() == variable && each.causeSnippet() == null)
        .findFirst()
        .orElse(null);
  }

  /**
   * Notes where variables live now: where a declaration makes a class that JShell still has, it
   * loads none.
   *
   * @return the names of those that can be used
   */
  private Set<String> locate(List<SnippetEvent> events) {
    var alive = new LinkedHashSet<String>();
    for (SnippetEvent event : events) {
      if (event.snippet() instanceof VarSnippet variable
          && jshell.status(variable) == Status.VALID
          && alive.add(variable.name())) {
        declared.put(variable.name(), variable);
        jshell.varValue(variable); // asks CellControl, which tells the variables
      }
    }
    return alive;
  }

  private static Set<String> names(List<SnippetEvent> events) {
    var names = new LinkedHashSet<String>();
    for (SnippetEvent event : events) {
      if (event.snippet() instanceof VarSnippet variable) {
        names.add(variable.name());
      }
    }
    return names;
  }
}
