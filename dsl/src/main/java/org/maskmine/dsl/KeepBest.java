package org.maskmine.dsl;

/** Keep the best validation weights of a retraining; see {@link Maskmine#keepBest}. */
public record KeepBest() implements RetrainOption {
  @Override
  public String toString() {
    return "keepBest()";
  }
}
