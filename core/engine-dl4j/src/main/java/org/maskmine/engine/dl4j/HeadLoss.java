package org.maskmine.engine.dl4j;

import java.util.stream.IntStream;
import org.maskmine.engine.Loss;
import org.maskmine.engine.OwnLoss;
import org.maskmine.engine.Target;

/**
 * A loss of one head and its gradient by the logits, in double precision on the processor: next to
 * the convolutions that costs nothing.
 *
 * <p>Logits, probabilities and gradients are [image, class, pixel].
 */
final class HeadLoss {
  private final Target target;
  private final float[] logits;
  private final int images;
  private final int classes;
  private final int pixels;

  private HeadLoss(Target target, float[] logits, int images) {
    this.target = target;
    this.logits = logits;
    this.images = images;
    this.classes = target.classes();
    this.pixels = logits.length / (images * classes);
    if (target.membership().length * classes != logits.length) {
      throw new IllegalArgumentException(
          "a target of %d pixels and %d classes for %d logits"
              .formatted(target.membership().length, classes, logits.length));
    }
  }

  /** The value of a loss with its gradient. */
  record Result(double value, float[] gradient) {
    private Result times(double factor) {
      return new Result(value * factor, map(gradient, gradient, (a, b) -> a * factor));
    }
  }

  static Result of(Loss loss, Target target, float[] logits, int images) {
    return new HeadLoss(target, logits, images).of(loss);
  }

  private Result of(Loss loss) {
    if (loss instanceof Loss.PixelWeightedCrossEntropy l) {
      return crossEntropy(l.power());
    } else if (loss instanceof Loss.Combined l) {
      return combined(l);
    } else if (loss instanceof Loss.SoftDice l) {
      return oneMinus(score(Overlap.dice(l.epsilon()), l.activation(), l.reduction()));
    } else if (loss instanceof Loss.Tversky l) {
      return oneMinus(score(Overlap.tversky(l), Loss.Activation.SOFTMAX, Loss.Reduction.IMAGE));
    } else if (loss instanceof Loss.Focal l) {
      return focal(l.gamma());
    } else if (loss instanceof OwnLoss own) {
      OwnLoss.Result result = own.of(logits, images, target);
      return new Result(result.value(), result.gradient());
    }
    throw new IllegalArgumentException("unknown loss " + loss);
  }

  /** L / (S + ε): ∂ = ∂L/(S + ε) − L·∂S/(S + ε)². */
  private Result combined(Loss.Combined loss) {
    Result entropy = crossEntropy(loss.power());
    Result dice =
        score(Overlap.dice(loss.epsilon()), Loss.Activation.SOFTMAX, Loss.Reduction.IMAGE);
    double divisor = dice.value() + loss.epsilon();
    double value = entropy.value() / divisor;
    return new Result(
        value, map(entropy.gradient(), dice.gradient(), (e, d) -> (e - value * d) / divisor));
  }

  private static Result oneMinus(Result score) {
    return new Result(1 - score.value(), score.times(-1).gradient());
  }

  private Result crossEntropy(double power) {
    return perPixel(
        (image, pixel, p, logP, gradient) -> {
          double weight = weight(image, pixel, power);
          double memberships = 0;
          double loss = 0;
          for (int k = 0; k < classes; k++) {
            if (isMember(image, pixel, k)) {
              memberships++;
              loss -= logP[k];
            }
          }
          for (int k = 0; k < classes; k++) {
            double t = isMember(image, pixel, k) ? 1 : 0;
            gradient[k] = weight * (memberships * p[k] - t);
          }
          return weight * loss;
        });
  }

  /** With a_k = p_k ∂L/∂p_k: ∂L/∂z_k = a_k − p_k Σ_j a_j. */
  private Result focal(double gamma) {
    return perPixel(
        (image, pixel, p, logP, gradient) -> {
          double loss = 0;
          double sum = 0;
          for (int k = 0; k < classes; k++) {
            gradient[k] = 0;
            if (isMember(image, pixel, k)) {
              double rest = Math.pow(1 - p[k], gamma);
              double slope = p[k] == 1 ? 0 : gamma * rest / (1 - p[k]);
              loss -= rest * logP[k];
              gradient[k] = slope * p[k] * logP[k] - rest;
              sum += gradient[k];
            }
          }
          for (int k = 0; k < classes; k++) {
            gradient[k] -= p[k] * sum;
          }
          return loss;
        });
  }

  /** The loss of one pixel from softmax(z) and its logarithm; writes its gradient by z. */
  private interface PixelLoss {
    double of(int image, int pixel, double[] p, double[] logP, double[] gradient);
  }

  private Result perPixel(PixelLoss loss) {
    float[] gradient = new float[logits.length];
    double scale = 1.0 / ((double) images * pixels);
    double sum =
        overImages(
            image -> {
              double[] p = new double[classes];
              double[] logP = new double[classes];
              double[] g = new double[classes];
              double part = 0;
              for (int pixel = 0; pixel < pixels; pixel++) {
                softmax(image, pixel, p, logP);
                part += loss.of(image, pixel, p, logP, g);
                for (int k = 0; k < classes; k++) {
                  gradient[at(image, k, pixel)] = (float) (g[k] * scale);
                }
              }
              return part;
            });
    return new Result(sum * scale, gradient);
  }

  /**
   * A smooth overlap of probabilities and truth: (a·Σpt + ε) / (b·Σpt + c·Σp + d·Σt + ε).
   *
   * @param common a
   * @param both b
   * @param predicted c
   * @param true_ d
   */
  private record Overlap(
      double common, double both, double predicted, double true_, double epsilon) {
    static Overlap dice(double epsilon) {
      return new Overlap(2, 0, 1, 1, epsilon);
    }

    /** α Σp(1−t) + β Σ(1−p)t = αΣp + βΣt − (α + β)Σpt. */
    static Overlap tversky(Loss.Tversky l) {
      return new Overlap(1, 1 - l.alpha() - l.beta(), l.alpha(), l.beta(), l.epsilon());
    }
  }

  /** Σpt, Σp, Σt of one class over one image or the batch. */
  private record Sums(double both, double predicted, double true_) {
    Sums plus(Sums o) {
      return new Sums(both + o.both, predicted + o.predicted, true_ + o.true_);
    }

    double numerator(Overlap o) {
      return o.common() * both + o.epsilon();
    }

    double denominator(Overlap o) {
      return o.both() * both + o.predicted() * predicted + o.true_() * true_ + o.epsilon();
    }
  }

  /** The mean overlap over classes and images or the whole batch. */
  private Result score(Overlap overlap, Loss.Activation activation, Loss.Reduction reduction) {
    float[] p = probabilities(activation);
    Sums[][] sums = new Sums[images][classes];
    overImages(
        image -> {
          for (int k = 0; k < classes; k++) {
            sums[image][k] = sums(p, image, k);
          }
          return 0;
        });
    if (reduction == Loss.Reduction.BATCH) {
      poolOverImages(sums);
    }
    double groups = (double) images * classes;
    double value = 0;
    for (Sums[] perClass : sums) {
      for (Sums s : perClass) {
        value += s.numerator(overlap) / s.denominator(overlap) / groups;
      }
    }
    double share = reduction == Loss.Reduction.BATCH ? classes : groups;
    float[] gradient = new float[p.length];
    overImages(
        image -> {
          for (int pixel = 0; pixel < pixels; pixel++) {
            scoreGradient(overlap, sums[image], share, activation, p, image, pixel, gradient);
          }
          return 0;
        });
    return new Result(value, gradient);
  }

  private void poolOverImages(Sums[][] sums) {
    for (int k = 0; k < classes; k++) {
      Sums all = new Sums(0, 0, 0);
      for (Sums[] perClass : sums) {
        all = all.plus(perClass[k]);
      }
      for (Sums[] perClass : sums) {
        perClass[k] = all;
      }
    }
  }

  private Sums sums(float[] p, int image, int k) {
    double both = 0;
    double predicted = 0;
    double truth = 0;
    for (int pixel = 0; pixel < pixels; pixel++) {
      double value = p[at(image, k, pixel)];
      predicted += value;
      if (isMember(image, pixel, k)) {
        both += value;
        truth++;
      }
    }
    return new Sums(both, predicted, truth);
  }

  private void scoreGradient(
      Overlap overlap,
      Sums[] sums,
      double share,
      Loss.Activation activation,
      float[] p,
      int image,
      int pixel,
      float[] gradient) {
    double common = 0;
    for (int k = 0; k < classes; k++) {
      double t = isMember(image, pixel, k) ? 1 : 0;
      double n = sums[k].numerator(overlap);
      double d = sums[k].denominator(overlap);
      double slope = overlap.both() * t + overlap.predicted();
      double byP = (overlap.common() * t * d - n * slope) / (d * d) / share;
      int at = at(image, k, pixel);
      double inner = activation == Loss.Activation.SIGMOID ? p[at] * (1 - p[at]) : p[at];
      gradient[at] = (float) (byP * inner);
      common += byP * p[at];
    }
    if (activation == Loss.Activation.SOFTMAX) {
      for (int k = 0; k < classes; k++) {
        int at = at(image, k, pixel);
        gradient[at] -= (float) (p[at] * common);
      }
    }
  }

  private float[] probabilities(Loss.Activation activation) {
    float[] p = new float[logits.length];
    overImages(
        image -> {
          double[] ofPixel = new double[classes];
          double[] logarithms = new double[classes];
          for (int pixel = 0; pixel < pixels; pixel++) {
            if (activation == Loss.Activation.SOFTMAX) {
              softmax(image, pixel, ofPixel, logarithms);
            }
            for (int k = 0; k < classes; k++) {
              int at = at(image, k, pixel);
              p[at] =
                  (float)
                      (activation == Loss.Activation.SOFTMAX
                          ? ofPixel[k]
                          : 1 / (1 + Math.exp(-logits[at])));
            }
          }
          return 0;
        });
    return p;
  }

  private void softmax(int image, int pixel, double[] p, double[] logP) {
    double highest = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < classes; k++) {
      logP[k] = logits[at(image, k, pixel)];
      highest = Math.max(highest, logP[k]);
    }
    double sum = 0;
    for (int k = 0; k < classes; k++) {
      p[k] = Math.exp(logP[k] - highest);
      sum += p[k];
    }
    double logSum = highest + Math.log(sum);
    for (int k = 0; k < classes; k++) {
      p[k] /= sum;
      logP[k] -= logSum;
    }
  }

  private double weight(int image, int pixel, double power) {
    return Math.pow(1 + target.pixelWeights()[image * pixels + pixel], power);
  }

  private boolean isMember(int image, int pixel, int k) {
    return (target.membership()[image * pixels + pixel] >> k & 1) == 1;
  }

  private int at(int image, int k, int pixel) {
    return (image * classes + k) * pixels + pixel;
  }

  private interface PerImage {
    double of(int image);
  }

  /** Images in parallel, their parts summed in order: the same number at every call. */
  private double overImages(PerImage part) {
    double[] parts = new double[images];
    IntStream.range(0, images).parallel().forEach(i -> parts[i] = part.of(i));
    double sum = 0;
    for (double p : parts) {
      sum += p;
    }
    return sum;
  }

  private interface Combine {
    double of(double a, double b);
  }

  private static float[] map(float[] a, float[] b, Combine combine) {
    float[] result = new float[a.length];
    for (int i = 0; i < a.length; i++) {
      result[i] = (float) combine.of(a[i], b[i]);
    }
    return result;
  }
}
