package org.maskmine.dsl.view;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maskmine.UserError;

/** Options as they were given: values in any order, each kind at most once. */
public final class Given {
  private static final String NO_NULL = "leave it out, or give a value";

  private Given() {}

  /**
   * The one option of a kind, if it was given.
   *
   * @throws UserError where two of the kind were given, or an option or what it holds is null
   */
  public static <T> Optional<T> one(Object[] options, Class<T> kind) {
    Arrays.stream(needed(options, "options", NO_NULL)).forEach(Given::whole);
    var found = Arrays.stream(options).filter(kind::isInstance).map(kind::cast).toList();
    if (found.size() > 1) {
      throw new UserError(
          found.get(0) + " and " + found.get(1) + ": one of this kind is enough; leave one out");
    }
    return found.stream().findFirst();
  }

  /** An option holds no null: its record's parts are what a cell has given. */
  private static void whole(@Nullable Object given) {
    Object option = needed(given, "an option", NO_NULL);
    if (option.getClass().isRecord()) {
      for (RecordComponent part : option.getClass().getRecordComponents()) {
        needed(part(option, part), option.toString(), NO_NULL);
      }
    }
  }

  private static @Nullable Object part(Object option, RecordComponent part) {
    try {
      part.getAccessor().setAccessible(true);
      return part.getAccessor().invoke(option);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Several values, none of them null.
   *
   * @param call as it is written: {@code pipelines(…)}
   */
  public static <T> List<T> each(T[] values, String call) {
    Arrays.stream(needed(values, call, NO_NULL)).forEach(value -> needed(value, call, NO_NULL));
    return List.of(values);
  }

  /**
   * What a cell has given to a verb.
   *
   * @param call as it is written, with the value's name: {@code mine(run)}
   * @param remedy how to get a value
   * @throws UserError where it is null
   */
  public static <T> T needed(@Nullable T value, String call, String remedy) {
    if (value == null) {
      throw new UserError(call + ": a value is null, which stands for nothing; " + remedy);
    }
    return value;
  }
}
