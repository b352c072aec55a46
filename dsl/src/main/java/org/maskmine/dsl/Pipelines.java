package org.maskmine.dsl;

import java.util.List;
import org.maskmine.UserError;

/** The pipelines of a study; see {@link Maskmine#pipelines}. */
public record Pipelines(List<Pipeline> all) implements StudyOption {
  /** Copies the list and checks that no pipeline repeats. */
  public Pipelines {
    all = List.copyOf(all);
    if (all.isEmpty() || all.stream().distinct().count() < all.size()) {
      throw new UserError(
          "pipelines(…): needs at least one, each once; try pipelines(cascade2d())");
    }
  }

  @Override
  public String toString() {
    return "pipelines" + Words.of(all);
  }
}
