package org.maskmine.data;

/** The three parts of a data set. */
public enum Part {
  /** Cases that the network learns from. */
  TRAINING,
  /** Cases that choose the best weights. */
  VALIDATION,
  /** Cases held out, shifted against the others in the phantom. */
  TEST;

  /** The name as it stands in tables: {@code training}, {@code validation}, {@code test}. */
  public String label() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
