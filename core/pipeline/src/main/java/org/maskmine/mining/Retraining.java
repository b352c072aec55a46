package org.maskmine.mining;

import java.util.List;
import java.util.Set;
import org.maskmine.data.Structure;
import org.maskmine.engine.Loss;
import org.maskmine.training.ReadOut;
import org.maskmine.training.Recipe;
import org.maskmine.training.Schedule;
import org.maskmine.training.StageRecipe;

/**
 * How a run is retrained on its errors.
 *
 * @param kind which loss on which targets
 * @param epochs of retraining; far fewer than the base run's
 * @param learningRate of Adam, which starts anew
 * @param structures that are retrained; the others keep their network
 */
public record Retraining(Kind kind, int epochs, double learningRate, Set<Structure> structures) {
  /** The rows of PAPER section 2.2, and the control that decides whether they do anything. */
  public enum Kind {
    /** Multi-class soft Dice, sigmoid, per image; channel TP is the truth: recall. */
    DICE,
    /** Pixel-weighted cross-entropy on the four error classes: robustness. */
    PWCE,
    /** The base run's loss on the truth for as many epochs. */
    CONTROL;

    /** The name as it stands in tables and run ids. */
    public String label() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  private static final Schedule SCHEDULE = new Schedule(List.of(0.6, 0.85), 0.2);

  /** Copies the set. */
  public Retraining {
    structures = Set.copyOf(structures);
  }

  /** A kind with its defaults: 6 epochs at 6e-4, every stage. */
  public static Retraining of(Kind kind) {
    return new Retraining(kind, 6, 6e-4, Set.of(Structure.values()));
  }

  /** The same with other epochs. */
  public Retraining epochs(int epochs) {
    return new Retraining(kind, epochs, learningRate, structures);
  }

  /** The same with another learning rate. */
  public Retraining learningRate(double rate) {
    return new Retraining(kind, epochs, rate, structures);
  }

  /** The same for one structure alone. */
  public Retraining only(Structure structure) {
    return new Retraining(kind, epochs, learningRate, Set.of(structure));
  }

  /** A base stage as it is retrained. */
  StageRecipe apply(StageRecipe base) {
    StageRecipe stage =
        base.epochs(epochs)
            .learningRate(learningRate)
            .schedule(SCHEDULE)
            .keep(StageRecipe.Keep.LAST);
    return switch (kind) {
      case CONTROL -> stage;
      case DICE ->
          stage.loss(
              new Loss.SoftDice(Loss.Activation.SIGMOID, Loss.Reduction.IMAGE, Recipe.EPSILON),
              ReadOut.TP_CHANNEL);
      case PWCE ->
          stage.loss(new Loss.PixelWeightedCrossEntropy(Recipe.WEIGHT_POWER), ReadOut.FN_OR_TP);
    };
  }
}
