package org.maskmine.engine;

import org.maskmine.UserError;

/**
 * A loss as a value. z are a head's logits [batch, class, pixel], t ∈ {0, 1} the membership ({@link
 * Target}), w the pixel weights.
 */
public sealed interface Loss
    permits Loss.PixelWeightedCrossEntropy,
        Loss.Combined,
        Loss.SoftDice,
        Loss.Tversky,
        Loss.Focal,
        OwnLoss {
  /**
   * Pixel-weighted cross-entropy (PAPER section 2.2, after Ronneberger et al. 2015): mean over all
   * pixels of (1 + w)^power · Σ_k −t_k log softmax(z)_k. Not divided by the weights.
   */
  record PixelWeightedCrossEntropy(double power) implements Loss {}

  /**
   * L_combined = L_pwce / (S + ε) (PAPER section 3.1), S the smooth Dice score of softmax(z): the
   * mean over images and classes, background included, of (2Σpt + ε) / (Σp + Σt + ε).
   */
  record Combined(double power, double epsilon) implements Loss {}

  /**
   * Soft Dice loss: 1 − mean over classes (and images, see {@link Reduction}) of (2Σpt + ε) / (Σp +
   * Σt + ε), no squares.
   */
  record SoftDice(Activation activation, Reduction reduction, double epsilon) implements Loss {}

  /**
   * Tversky loss of softmax(z) (Salehi et al. 2017): 1 − mean over images and classes of (Σpt + ε)
   * / (Σpt + α Σp(1−t) + β Σ(1−p)t + ε).
   */
  record Tversky(double alpha, double beta, double epsilon) implements Loss {
    /** Checks the weights. */
    public Tversky {
      if (!(alpha >= 0 && beta >= 0 && alpha + beta > 0 && alpha + beta <= 1000)) {
        throw new UserError(
            "tversky("
                + alpha
                + ", "
                + beta
                + "): the weights of FP and FN must be 0 or more, and one above 0; try"
                + " tversky(0.3, 0.7)");
      }
    }
  }

  /**
   * Focal loss (Lin et al. 2017): mean over pixels of Σ_k −t_k (1 − p_k)^γ log p_k, p = softmax(z).
   */
  record Focal(double gamma) implements Loss {
    /** Checks the power. */
    public Focal {
      if (!(gamma >= 0 && gamma <= 100)) {
        throw new UserError("focal(" + gamma + "): must be 0 to 100; try focal(2)");
      }
    }
  }

  /** From logits to probabilities. */
  enum Activation {
    /** Each channel on its own: for overlapping targets. */
    SIGMOID,
    /** Channels sum to one. */
    SOFTMAX
  }

  /** Over what a Dice score sums its pixels. */
  enum Reduction {
    /** Per image and class, then the mean. */
    IMAGE,
    /** Over the whole batch per class, then the mean. */
    BATCH
  }
}
