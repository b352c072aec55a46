package org.maskmine.dsl;

import java.util.Arrays;
import java.util.Optional;
import org.maskmine.UserError;

/** A setting as a value; settings come in any order, each at most once. */
public sealed interface Option permits LoadOption, TrainOption, RetrainOption, PredictOption {
  /** The one option of a kind, if it was given. */
  static <T extends Option> Optional<T> find(Option[] options, Class<T> kind) {
    var found = Arrays.stream(options).filter(kind::isInstance).map(kind::cast).toList();
    if (found.size() > 1) {
      throw new UserError(
          found.get(0) + " and " + found.get(1) + ": one of this kind is enough; leave one out");
    }
    return found.stream().findFirst();
  }
}
