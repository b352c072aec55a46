package org.maskmine.dsl;

import java.util.List;
import org.maskmine.UserError;

/** The seeds of a study; see {@link Maskmine#seeds}. */
public record Seeds(List<Long> all) implements StudyOption {
  /** Copies the list and checks that no seed repeats. */
  public Seeds {
    all = List.copyOf(all);
    if (all.isEmpty() || all.stream().distinct().count() < all.size()) {
      throw new UserError("seeds(…): needs at least one, each once; try seeds(1, 2, 3)");
    }
  }

  @Override
  public String toString() {
    return "seeds" + Words.of(all);
  }
}
