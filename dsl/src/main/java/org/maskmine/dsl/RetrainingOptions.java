package org.maskmine.dsl;

import java.util.List;
import org.maskmine.UserError;

/** How every run of a study is retrained; see {@link Maskmine#retraining}. */
public record RetrainingOptions(List<RetrainOption> all) implements StudyOption {
  /** Copies the list and refuses a loss, of which a study has its own list. */
  public RetrainingOptions {
    all = List.copyOf(all);
    all.stream()
        .filter(RetrainLoss.class::isInstance)
        .findFirst()
        .ifPresent(
            loss -> {
              throw new UserError(
                  "retraining(" + loss + "): a study names its losses once: losses(" + loss + ")");
            });
  }

  @Override
  public String toString() {
    return "retraining" + Words.of(all);
  }
}
