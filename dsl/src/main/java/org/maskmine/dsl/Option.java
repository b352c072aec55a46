package org.maskmine.dsl;

import java.util.Optional;
import org.maskmine.dsl.view.Given;

/** A setting as a value; settings come in any order, each at most once. */
public sealed interface Option
    permits LoadOption, TrainOption, MineOption, RetrainOption, PredictOption, StudyOption {
  /** The one option of a kind, if it was given. */
  static <T extends Option> Optional<T> find(Option[] options, Class<T> kind) {
    return Given.one(options, kind);
  }
}
