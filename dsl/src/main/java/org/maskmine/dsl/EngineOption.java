package org.maskmine.dsl;

/** What computes; see {@link Maskmine#engine}. */
public record EngineOption(Name name) implements TrainOption, StudyOption {
  /** The engines. */
  public enum Name {
    /** The fastest that runs here. */
    AUTO,
    /** libtorch. */
    TORCH,
    /** Deeplearning4j. */
    DL4J
  }

  @Override
  public String toString() {
    return "engine(" + name + ")";
  }
}
