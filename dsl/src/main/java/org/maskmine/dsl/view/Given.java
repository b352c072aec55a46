package org.maskmine.dsl.view;

import java.util.Arrays;
import java.util.Optional;
import org.maskmine.UserError;

/** Options as they were given: values in any order, each kind at most once. */
public final class Given {
  private Given() {}

  /**
   * The one option of a kind, if it was given.
   *
   * @throws UserError where two of the kind were given
   */
  public static <T> Optional<T> one(Object[] options, Class<T> kind) {
    var found = Arrays.stream(options).filter(kind::isInstance).map(kind::cast).toList();
    if (found.size() > 1) {
      throw new UserError(
          found.get(0) + " and " + found.get(1) + ": one of this kind is enough; leave one out");
    }
    return found.stream().findFirst();
  }
}
