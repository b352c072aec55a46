package org.maskmine.kernel.shell;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The methods that every notebook imports: the verbs and their options. */
final class Verbs {
  private static final Pattern IMPORT = Pattern.compile("import static ([\\w.]+)\\.\\*;");

  private final Collection<String> imports;
  private @Nullable List<Method> methods;

  Verbs(Collection<String> imports) {
    this.imports = imports;
  }

  /** Looked up at the first question: most cells ask none. */
  private synchronized List<Method> methods() {
    if (methods == null) {
      methods =
          types()
              .flatMap(type -> Stream.of(type.getMethods()))
              .filter(method -> Modifier.isStatic(method.getModifiers()))
              .toList();
    }
    return methods;
  }

  private Stream<Class<?>> types() {
    return imports.stream()
        .map(IMPORT::matcher)
        .filter(Matcher::matches)
        .flatMap(found -> type(found.group(1)));
  }

  private static Stream<Class<?>> type(String name) {
    try {
      return Stream.of(Class.forName(name));
    } catch (ClassNotFoundException e) {
      return Stream.of();
    }
  }

  /** The class that a verb belongs to, null for a name that is no verb. */
  @Nullable String homeOf(String name) {
    return methods().stream()
        .filter(method -> method.getName().equals(name))
        .map(method -> method.getDeclaringClass().getSimpleName())
        .findFirst()
        .orElse(null);
  }

  /** The verbs and constants whose values a type takes, in alphabetical order. */
  List<String> makersOf(String type) {
    Stream<String> verbs =
        methods().stream()
            .filter(method -> supertypes(method.getReturnType()).contains(type))
            .map(Method::getName);
    Stream<String> constants =
        types()
            .flatMap(home -> Stream.of(home.getFields()))
            .filter(field -> Modifier.isStatic(field.getModifiers()))
            .filter(field -> field.getType().getSimpleName().equals(type))
            .map(Field::getName);
    return Stream.concat(verbs, constants).distinct().sorted().toList();
  }

  /**
   * The verbs whose values fit an argument of another verb.
   *
   * @param verb the name of the verb that is called
   * @param argument which of its arguments, from 0
   */
  List<String> fitting(String verb, int argument) {
    return methods().stream()
        .filter(method -> method.getName().equals(verb))
        .flatMap(method -> typeOf(method, argument))
        .flatMap(type -> makersOf(type).stream())
        .distinct()
        .toList();
  }

  private static Stream<String> typeOf(Method method, int argument) {
    Class<?>[] types = method.getParameterTypes();
    int last = types.length - 1;
    if (method.isVarArgs() && argument >= last) {
      return Stream.of(types[last].getComponentType().getSimpleName());
    }
    return argument <= last ? Stream.of(types[argument].getSimpleName()) : Stream.of();
  }

  private static Set<String> supertypes(Class<?> type) {
    var names = new LinkedHashSet<String>();
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      names.add(each.getSimpleName());
      for (Class<?> face : each.getInterfaces()) {
        names.addAll(supertypes(face));
      }
    }
    return names;
  }
}
