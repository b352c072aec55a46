package org.maskmine.dsl;

/** How labelled cases are parted; see {@link Maskmine#split(double, double)}. */
public record Shares(double validation, double test) implements LoadOption {
  @Override
  public String toString() {
    return "split(" + validation + ", " + test + ")";
  }
}
