package org.maskmine.kernel.shell;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The static fields behind a notebook's variables.
 *
 * <p>When a cell redefines something, JShell rebuilds every variable that depends on it, with a
 * null or zero in it and no word about that: an hour of training would be gone because a helper
 * method was edited. Values are therefore carried from the old field to the new.
 */
final class Variables {
  /**
   * So many former homes of a variable follow its value, which bounds the work; older ones are
   * empty.
   */
  private static final int FOLLOWING = 100;

  private final Map<String, Field> fields = new HashMap<>();

  /** Where variables have lived, by name: what an earlier cell left running still looks there. */
  private final Map<String, Deque<Field>> former = new HashMap<>();

  /** A class of a cell was loaded; its static fields are the newest homes of variables. */
  synchronized void found(Class<?> type) {
    if (isNested(type)) {
      return;
    }
    for (Field field : type.getDeclaredFields()) {
      if (Modifier.isStatic(field.getModifiers()) && !field.isSynthetic()) {
        field.setAccessible(true);
        fields.put(field.getName(), field);
      }
    }
  }

  private static boolean isNested(Class<?> type) {
    try {
      return type.getEnclosingClass() != null;
    } catch (IncompatibleClassChangeError e) {
      return true; // an anonymous class, of which its outer class does not know
    }
  }

  /** Where every variable lives now. */
  synchronized Map<String, Field> homes() {
    return new HashMap<>(fields);
  }

  /** Where a variable lives now. */
  synchronized @Nullable Field home(String name) {
    return fields.get(name);
  }

  /** The values of all variables, by name. */
  synchronized Map<String, Object> values() {
    var values = new LinkedHashMap<String, Object>();
    fields.forEach(
        (name, field) -> {
          Object value = read(field);
          if (value != null) {
            values.put(name, value);
          }
        });
    return values;
  }

  synchronized @Nullable Object value(String name) {
    Field field = fields.get(name);
    return field == null ? null : read(field);
  }

  /**
   * Puts a value into the newest home of a variable.
   *
   * @return false where the variable's type no longer takes the value
   */
  synchronized boolean restore(String name, Object value) {
    Field field = fields.get(name);
    return field != null && set(field, value);
  }

  private static boolean set(Field home, Object value) {
    try {
      home.set(null, value);
      return true;
    } catch (IllegalArgumentException | IllegalAccessException e) {
      return false;
    }
  }

  /** Notes that a variable may have left its home. */
  synchronized void left(String name, @Nullable Field home) {
    if (home == null || home.equals(fields.get(name))) {
      return;
    }
    Deque<Field> homes = former.computeIfAbsent(name, n -> new ArrayDeque<>());
    homes.remove(home);
    homes.addLast(home);
    Field oldest = homes.size() > FOLLOWING ? homes.removeFirst() : null;
    if (oldest != null && !oldest.equals(fields.get(name))) {
      clear(oldest);
    }
  }

  /**
   * Puts the value of every variable into its former homes too, where lambdas and threads of
   * earlier cells find it; a home of another type is emptied, so that its memory can be reclaimed.
   */
  synchronized void follow() {
    former.forEach(
        (name, homes) -> {
          Object value = value(name);
          for (Field home : homes) {
            if (read(home) != value) {
              put(home, value);
            }
          }
        });
  }

  /** Empties a home that does not take the value. */
  private static void put(Field home, @Nullable Object value) {
    if (value == null || !set(home, value)) {
      clear(home);
    }
  }

  /** Lets go of a variable that nobody can name any longer. */
  synchronized void forget(String name) {
    Field field = fields.remove(name);
    if (field != null) {
      clear(field);
    }
    Deque<Field> homes = former.remove(name);
    if (homes != null) {
      homes.forEach(Variables::clear);
    }
  }

  static @Nullable Object read(Field field) {
    try {
      return field.get(null);
    } catch (IllegalAccessException | ExceptionInInitializerError | NoClassDefFoundError e) {
      return null; // a class whose initialiser failed has no values
    }
  }

  private static void clear(Field field) {
    if (field.getType().isPrimitive()) {
      return;
    }
    try {
      field.set(null, null);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("cannot release " + field, e);
    }
  }
}
