package org.maskmine.dsl;

import org.maskmine.mining.Retraining.Kind;

/** What a run is retrained with; see {@link Maskmine#dice}, {@link Maskmine#pwce}. */
public record RetrainLoss(Kind kind) implements RetrainOption {
  @Override
  public String toString() {
    return kind.label() + "()";
  }
}
