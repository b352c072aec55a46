package org.maskmine.dsl;

import java.util.List;
import org.maskmine.UserError;

/** The losses that every run of a study is retrained with; see {@link Maskmine#losses}. */
public record Losses(List<RetrainLoss> all) implements StudyOption {
  /** Copies the list and checks that there is one. */
  public Losses {
    all = List.copyOf(all);
    if (all.isEmpty()) {
      throw new UserError("losses(…): needs at least one; try losses(control(), dice(), pwce())");
    }
  }

  @Override
  public String toString() {
    return "losses" + Words.of(all);
  }
}
