package org.maskmine.engine.torch;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.maskmine.engine.Loss;
import org.maskmine.engine.OwnLoss;
import org.maskmine.engine.Target;

/**
 * Losses on tensors. z are logits, p probabilities, t the membership, all float32 [batch, class,
 * pixel]; w the pixel weights [batch, pixel].
 */
final class Losses {
  private static final long CLASS = 1;
  private static final long PIXEL = 2;

  private final Place place;

  Losses(Place place) {
    this.place = place;
  }

  /** The loss of a head's logits [batch, class, (z,) y, x], a tensor of one number. */
  Tensor of(Loss loss, Tensor logits, Target target) {
    Tensor z = logits.flatten(PIXEL, -1);
    if (loss instanceof OwnLoss own) {
      return own(own, z, target);
    }
    Tensor t = membership(target, z.size(0), z.size(PIXEL));
    if (loss instanceof Loss.PixelWeightedCrossEntropy pwce) {
      return crossEntropy(z, t, target, pwce.power());
    }
    if (loss instanceof Loss.Combined combined) {
      Tensor score = dice(z.softmax(CLASS), t, combined.epsilon(), PIXEL);
      return crossEntropy(z, t, target, combined.power())
          .div(score.add(new Scalar(combined.epsilon())));
    }
    if (loss instanceof Loss.SoftDice dice) {
      Tensor p = dice.activation() == Loss.Activation.SIGMOID ? z.sigmoid() : z.softmax(CLASS);
      return dice.reduction() == Loss.Reduction.IMAGE
          ? oneMinus(dice(p, t, dice.epsilon(), PIXEL))
          : oneMinus(dice(p, t, dice.epsilon(), 0, PIXEL));
    }
    if (loss instanceof Loss.Tversky tversky) {
      return tversky(z.softmax(CLASS), t, tversky);
    }
    if (loss instanceof Loss.Focal focal) {
      return focal(z, t, focal.gamma());
    }
    throw new IllegalArgumentException("unknown loss " + loss);
  }

  private Tensor crossEntropy(Tensor z, Tensor t, Target target, double power) {
    Tensor w = place.of(target.pixelWeights(), z.size(0), z.size(PIXEL));
    Tensor factor = w.add(new Scalar(1)).pow(new Scalar(power));
    return z.log_softmax(CLASS).mul(t).sum(CLASS).mul(factor).mean().neg();
  }

  /** Mean smooth Dice score, sums taken over the given axes. */
  private static Tensor dice(Tensor p, Tensor t, double epsilon, long... axes) {
    Tensor both = p.mul(t).sum(axes).mul(new Scalar(2)).add(new Scalar(epsilon));
    Tensor all = p.sum(axes).add(t.sum(axes)).add(new Scalar(epsilon));
    return both.div(all).mean();
  }

  /** Σp(1−t) = Σp − Σpt and Σ(1−p)t = Σt − Σpt. */
  private static Tensor tversky(Tensor p, Tensor t, Loss.Tversky loss) {
    Tensor hit = p.mul(t).sum(PIXEL);
    Tensor falsePositive = p.sum(PIXEL).sub(hit).mul(new Scalar(loss.alpha()));
    Tensor falseNegative = t.sum(PIXEL).sub(hit).mul(new Scalar(loss.beta()));
    Tensor smoothHit = hit.add(new Scalar(loss.epsilon()));
    return oneMinus(smoothHit.div(smoothHit.add(falsePositive).add(falseNegative)).mean());
  }

  private static Tensor focal(Tensor z, Tensor t, double gamma) {
    Tensor logP = z.log_softmax(CLASS);
    // Kept above 0, where a power below one has no finite slope.
    Tensor doubt = oneMinus(logP.exp()).clamp_min(new Scalar(1e-30));
    return logP.mul(t).mul(doubt.pow(new Scalar(gamma))).sum(CLASS).mean().neg();
  }

  /** A number with the value and the gradient that a Java function gives: s − s + value. */
  private Tensor own(OwnLoss loss, Tensor z, Target target) {
    OwnLoss.Result result = loss.of(Tensors.toFloats(z), (int) z.size(0), target);
    Tensor gradient = place.of(result.gradient(), z.size(0), z.size(CLASS), z.size(PIXEL));
    Tensor s = z.mul(gradient).sum();
    return s.sub(s.detach()).add(new Scalar(result.value()));
  }

  private static Tensor oneMinus(Tensor x) {
    return x.neg().add(new Scalar(1));
  }

  /** Bit k of each pixel as 0 or 1 of class k. */
  private Tensor membership(Target target, long images, long pixels) {
    byte[] bits = new byte[target.classes()];
    for (int k = 0; k < bits.length; k++) {
      bits[k] = (byte) (1 << k);
    }
    return place
        .of(target.membership(), images, 1, pixels)
        .bitwise_and(place.of(bits, 1, bits.length, 1))
        .ne(new Scalar(0))
        .to(ScalarType.Float);
  }
}
