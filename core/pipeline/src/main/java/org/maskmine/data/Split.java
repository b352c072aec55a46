package org.maskmine.data;

import java.util.List;

/** Which case belongs to which part, by id; the lists do not overlap. */
public record Split(List<String> training, List<String> validation, List<String> test) {
  /** Copies the lists. */
  public Split {
    training = List.copyOf(training);
    validation = List.copyOf(validation);
    test = List.copyOf(test);
  }

  /** The ids of one part, in the data set's order. */
  public List<String> of(Part part) {
    return switch (part) {
      case TRAINING -> training;
      case VALIDATION -> validation;
      case TEST -> test;
    };
  }
}
