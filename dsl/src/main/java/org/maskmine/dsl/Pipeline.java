package org.maskmine.dsl;

import org.maskmine.training.Recipe;

/** A pipeline of the paper with its settings; see {@link Maskmine#cascade2d}. */
public record Pipeline(Recipe recipe) implements TrainOption {
  @Override
  public String toString() {
    return recipe.pipeline() + "()";
  }
}
