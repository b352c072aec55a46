package org.maskmine.dsl;

import java.util.List;
import org.maskmine.UserError;

/** The pipelines of a study; see {@link Maskmine#pipelines}. */
public record Pipelines(List<Pipeline> all) implements StudyOption {
  /** Copies the list and checks that there is one. */
  public Pipelines {
    all = List.copyOf(all);
    if (all.isEmpty()) {
      throw new UserError("pipelines(…): needs at least one; try pipelines(cascade2d())");
    }
  }

  @Override
  public String toString() {
    return "pipelines" + Words.of(all);
  }
}
