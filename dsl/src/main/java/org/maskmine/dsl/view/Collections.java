package org.maskmine.dsl.view;

import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Collections, maps and arrays: records as a table, the rest as a line or two. */
final class Collections {
  private static final int SHOWN = 100;

  private Collections() {}

  /** Keys beside values. */
  static View view(Map<?, ?> map) {
    if (map.isEmpty()) {
      return View.text("empty map");
    }
    var entries = new ArrayList<Map.Entry<?, ?>>(map.entrySet());
    return new Grid(
            "",
            List.of(
                column("key", "", entries, Map.Entry::getKey),
                column("value", "", entries, Map.Entry::getValue)),
            entries.size())
        .view();
  }

  /** Records as a table with a column per component, other things as a list in one line. */
  static View view(Collection<?> collection) {
    var elements = new ArrayList<@Nullable Object>(collection);
    Class<?> type = recordType(elements);
    return type == null
        ? View.text(line(elements.iterator(), elements.size()))
        : table(type, elements);
  }

  /** An array as a list in one line; of numbers with their range. */
  static View view(Object array) {
    int length = Array.getLength(array);
    if (array instanceof Object[] objects && recordType(Arrays.asList(objects)) != null) {
      return view(Arrays.asList(objects));
    }
    Iterator<@Nullable Object> elements =
        IntStream.range(0, length).<@Nullable Object>mapToObj(i -> Array.get(array, i)).iterator();
    return View.text(line(elements, length) + range(array, length));
  }

  private static @Nullable Class<?> recordType(List<?> elements) {
    List<Class<?>> types =
        elements.stream()
            .<Class<?>>map(e -> e == null ? Void.class : e.getClass())
            .distinct()
            .limit(2)
            .toList();
    return types.size() == 1 && types.get(0).isRecord() ? types.get(0) : null;
  }

  private static View table(Class<?> type, List<?> elements) {
    List<Grid.Column> columns = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      String holds = component.getType().getSimpleName();
      columns.add(column(component.getName(), holds, elements, e -> value(component, e)));
    }
    return new Grid("", columns, elements.size()).view();
  }

  private static @Nullable Object value(RecordComponent component, Object element) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(element);
    } catch (IllegalAccessException | InvocationTargetException e) {
      return "?";
    }
  }

  private static <E> Grid.Column column(
      String name, String type, List<E> elements, Function<E, @Nullable Object> part) {
    List<@Nullable Object> values =
        IntStream.of(Grid.shown(elements.size()))
            .<@Nullable Object>mapToObj(i -> part.apply(elements.get(i)))
            .toList();
    boolean numbers = values.stream().allMatch(v -> v instanceof Number);
    return new Grid.Column(name, type, numbers, numbers ? numbers(values) : texts(values));
  }

  private static List<String> numbers(List<?> values) {
    boolean whole = values.stream().noneMatch(v -> v instanceof Double || v instanceof Float);
    return whole
        ? values.stream().map(v -> Numbers.whole(((Number) v).longValue())).toList()
        : List.of(
            Numbers.column(values.stream().mapToDouble(v -> ((Number) v).doubleValue()).toArray()));
  }

  private static List<String> texts(List<?> values) {
    return values.stream().map(Collections::text).toList();
  }

  private static String text(@Nullable Object value) {
    return value instanceof Viewable || (value != null && value.getClass().isArray())
        ? Objects.requireNonNull(Views.of(value).content().get("text/plain"))
        : String.valueOf(value);
  }

  private static String line(Iterator<?> elements, int size) {
    List<String> texts = new ArrayList<>();
    while (elements.hasNext() && texts.size() < SHOWN) {
      texts.add(text(elements.next()));
    }
    boolean lines = texts.stream().anyMatch(t -> t.contains("\n"));
    String all = String.join(lines ? "\n" : ", ", texts);
    if (size > SHOWN) {
      return "[" + all + ", … " + Numbers.whole(size) + " elements]";
    }
    return lines ? all : "[" + all + "]";
  }

  private static String range(Object array, int length) {
    if (!array.getClass().getComponentType().isPrimitive()
        || length <= SHOWN
        || array instanceof boolean[]
        || array instanceof char[]) {
      return "";
    }
    double[] values =
        IntStream.range(0, length).mapToDouble(i -> Array.getDouble(array, i)).toArray();
    double[] range = {
      Arrays.stream(values).min().orElse(0),
      Arrays.stream(values).average().orElse(0),
      Arrays.stream(values).max().orElse(0)
    };
    String[] shown = Numbers.column(range);
    return "\nmin " + shown[0] + ", mean " + shown[1] + ", max " + shown[2];
  }
}
