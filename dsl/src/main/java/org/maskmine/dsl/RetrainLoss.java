package org.maskmine.dsl;

import java.util.function.UnaryOperator;
import org.maskmine.UserError;
import org.maskmine.engine.Loss;
import org.maskmine.mining.Retraining;
import org.maskmine.mining.Retraining.Kind;
import org.maskmine.training.Preset;
import org.maskmine.training.ReadOut;
import org.maskmine.training.Recipe;

/**
 * What a run is retrained with, as a value: every method gives a variant. See {@link
 * Maskmine#dice}, {@link Maskmine#pwce}, {@link Maskmine#control} and the rivals.
 */
public final class RetrainLoss implements RetrainOption {
  private final Kind kind;
  private final UnaryOperator<Retraining> changes;

  RetrainLoss(Kind kind) {
    this(kind, UnaryOperator.identity());
  }

  RetrainLoss(Kind kind, UnaryOperator<Retraining> changes) {
    this.kind = kind;
    this.changes = changes;
  }

  /** The retraining with a preset's defaults. */
  Retraining retraining(Preset preset) {
    return changes.apply(Retraining.of(kind, preset));
  }

  private RetrainLoss with(UnaryOperator<Retraining> change) {
    return new RetrainLoss(kind, r -> change.apply(changes.apply(r)));
  }

  /** The error head begins at random instead of as a copy of the trained head. */
  public RetrainLoss fresh() {
    return with(Retraining::fresh);
  }

  /**
   * Factors of the loss on voxels of the error classes FP and FN: the dial between robustness and
   * recall. If left out both are 1; in the combined network FP is 2, unless with {@link
   * Maskmine#paper}.
   */
  public RetrainLoss weights(double fp, double fn) {
    return with(r -> r.weights(fp, fn));
  }

  /** Dice over softmax instead of sigmoid; read out where p(FN) + p(TP) is above one half. */
  public RetrainLoss softmax() {
    return dice(
        "softmax()", d -> new Loss.SoftDice(Loss.Activation.SOFTMAX, d.reduction(), d.epsilon()));
  }

  /** Dice over the whole batch instead of image by image. */
  public RetrainLoss batch() {
    return dice(
        "batch()", d -> new Loss.SoftDice(d.activation(), Loss.Reduction.BATCH, d.epsilon()));
  }

  private RetrainLoss dice(String option, UnaryOperator<Loss.SoftDice> change) {
    return with(
        r -> {
          if (!(r.loss() instanceof Loss.SoftDice dice)) {
            throw new UserError(
                this + "." + option + ": only dice() has it; take dice()." + option);
          }
          Loss.SoftDice changed = change.apply(dice);
          return r.loss(
              changed,
              changed.activation() == Loss.Activation.SOFTMAX ? ReadOut.FN_AND_TP : r.readOut());
        });
  }

  /** Reads out where p(FN) + p(TP) is above one half instead of where the largest class is one. */
  public RetrainLoss together() {
    return with(
        r -> {
          if (kind != Kind.PWCE || r.loss() == null) {
            throw new UserError(this + ".together(): only pwce() has it; take pwce().together()");
          }
          return r.loss(new Loss.PixelWeightedCrossEntropy(Recipe.WEIGHT_POWER), ReadOut.FN_AND_TP);
        });
  }

  @Override
  public String toString() {
    return kind.label() + "()";
  }
}
