package org.maskmine.training;

/** At which size a pipeline is trained. */
public enum Preset {
  /** Small enough for the phantom on two processor cores. */
  DEMO,
  /** As in the paper (PAPER section 4), for LiTS on a GPU. */
  PAPER;

  /** The name as it stands in tables. */
  public String label() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
