package org.maskmine.scoring;

/** Inside which liver a structure is scored. */
public enum Gate {
  /** Everywhere: the liver itself. */
  NONE,
  /** Inside the true liver: judges the lesion network alone. */
  TRUE_LIVER,
  /** Inside the liver that the run itself predicts: judges the cascade, as at test time. */
  PREDICTED_LIVER,
  /**
   * Inside the liver that the base run predicts, of a run whose liver network was retrained: judges
   * the retrained lesion network in the former cascade.
   */
  BASE_LIVER;

  /** The name as it stands in tables. */
  public String label() {
    return switch (this) {
      case NONE -> "everywhere";
      case TRUE_LIVER -> "true liver";
      case PREDICTED_LIVER -> "predicted liver";
      case BASE_LIVER -> "base run's liver";
    };
  }
}
