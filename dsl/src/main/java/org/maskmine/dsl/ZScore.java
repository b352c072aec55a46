package org.maskmine.dsl;

/** Images less their mean and by their deviation; see {@link Maskmine#zScore}. */
public record ZScore() implements TrainOption {
  @Override
  public String toString() {
    return "zScore()";
  }
}
