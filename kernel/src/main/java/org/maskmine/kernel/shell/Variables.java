package org.maskmine.kernel.shell;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
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
  private final Map<String, Field> fields = new HashMap<>();

  /** A class of a cell was loaded; its static fields are the newest homes of variables. */
  synchronized void found(Class<?> type) {
    if (type.getEnclosingClass() != null) {
      return;
    }
    for (Field field : type.getDeclaredFields()) {
      if (Modifier.isStatic(field.getModifiers()) && !field.isSynthetic()) {
        field.setAccessible(true);
        fields.put(field.getName(), field);
      }
    }
  }

  /** Where every variable lives now. */
  synchronized Map<String, Field> homes() {
    return new HashMap<>(fields);
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
    if (field == null) {
      return false;
    }
    try {
      field.set(null, value);
      return true;
    } catch (IllegalArgumentException | IllegalAccessException e) {
      return false;
    }
  }

  /** Lets go of the value in a variable's former home, so that its memory can be reclaimed. */
  synchronized void release(String name, @Nullable Field formerHome) {
    if (formerHome != null && !formerHome.equals(fields.get(name))) {
      clear(formerHome);
    }
  }

  /** Lets go of a variable that nobody can name any longer. */
  synchronized void forget(String name) {
    Field field = fields.remove(name);
    if (field != null) {
      clear(field);
    }
  }

  private static @Nullable Object read(Field field) {
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
