package org.maskmine.kernel;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import org.maskmine.dsl.Maskmine;

/** The verbs' options as reflection finds them, so that tests need no list of their own. */
final class Options {
  private Options() {}

  /** Names of the methods that make an option of this kind, in order. */
  static List<String> makers(Class<?> option) {
    return Arrays.stream(Maskmine.class.getMethods())
        .filter(method -> option.isAssignableFrom(method.getReturnType()))
        .map(Method::getName)
        .distinct()
        .sorted()
        .toList();
  }
}
