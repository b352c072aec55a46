package org.maskmine.dsl;

/** Predict mirrored as well; see {@link Maskmine#mirrored}. */
public record Mirrored() implements PredictOption {
  @Override
  public String toString() {
    return "mirrored()";
  }
}
