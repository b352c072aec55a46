package org.maskmine.dsl;

/** The labels of one scan; see {@link Maskmine#labels(String)}. */
public record LabelFile(String file) implements LoadOption {
  @Override
  public String toString() {
    return "labels(\"" + file + "\")";
  }
}
