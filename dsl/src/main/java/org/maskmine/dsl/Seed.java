package org.maskmine.dsl;

/** Where every random stream begins; see {@link Maskmine#seed}. */
public record Seed(long value) implements LoadOption, TrainOption {
  @Override
  public String toString() {
    return "seed(" + value + ")";
  }
}
