package org.maskmine.kernel.shell;

import java.lang.reflect.Field;

/** Parts of JShell that it has no door for, reached by name; the kernel's jar opens the package. */
final class JShellParts {
  private JShellParts() {}

  /**
   * The value of a field, of a field of that, and so on.
   *
   * @throws ReflectiveOperationException where there is no such field, or nothing in it
   * @throws java.lang.reflect.InaccessibleObjectException where JShell is not open to the kernel
   */
  static Object of(Object owner, String... names) throws ReflectiveOperationException {
    Object value = owner;
    for (String name : names) {
      value = field(value, name).get(value);
      if (value == null) {
        throw new NoSuchFieldException(name + " is null");
      }
    }
    return value;
  }

  /** Puts another value into a field. */
  static void replace(Object owner, String name, Object value) throws ReflectiveOperationException {
    field(owner, name).set(owner, value);
  }

  private static Field field(Object owner, String name) throws NoSuchFieldException {
    Field field = owner.getClass().getDeclaredField(name);
    field.setAccessible(true);
    return field;
  }
}
