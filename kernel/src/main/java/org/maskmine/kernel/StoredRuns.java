package org.maskmine.kernel;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.maskmine.dsl.Run;

/** The runs inside a value: they lie on disk, and outlive the variable that held them. */
final class StoredRuns {
  private static final int DEEPEST = 4;

  private StoredRuns() {}

  /** Java that brings back the runs inside a value, null where it holds none. */
  static @Nullable String recovery(Object value) {
    Set<String> ids = new TreeSet<>();
    collect(value, 0, ids);
    return ids.isEmpty()
        ? null
        : ids.stream().map(id -> "run(\"" + id + "\")").collect(Collectors.joining(", "));
  }

  private static void collect(@Nullable Object value, int depth, Set<String> ids) {
    if (value == null || depth > DEEPEST) {
      return;
    }
    if (value instanceof Run run) {
      ids.add(run.id());
    } else if (value instanceof Collection<?> many) {
      many.forEach(each -> collect(each, depth + 1, ids));
    } else if (value instanceof Map<?, ?> map) {
      map.values().forEach(each -> collect(each, depth + 1, ids));
    } else if (value instanceof Object[] array) {
      for (int i = 0; i < Array.getLength(array); i++) {
        collect(array[i], depth + 1, ids);
      }
    } else if (value.getClass().getName().startsWith("REPL.")) {
      fields(value, depth, ids);
    }
  }

  private static void fields(Object value, int depth, Set<String> ids) {
    for (Field field : value.getClass().getDeclaredFields()) {
      if (Modifier.isStatic(field.getModifiers())) {
        continue;
      }
      try {
        field.setAccessible(true);
        collect(field.get(value), depth + 1, ids);
      } catch (IllegalAccessException e) {
        throw new IllegalStateException("cannot look into " + field, e);
      }
    }
  }
}
