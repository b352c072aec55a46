package org.maskmine.engine;

import java.util.Arrays;

/**
 * Every loss, slowly, in double precision: the oracle for all engines.
 *
 * @param value the loss
 * @param gradient its derivative by each logit [image, class, pixel]
 */
public record ReferenceLoss(double value, double[] gradient) {
  /**
   * Computes a loss.
   *
   * @param z logits [image, class, pixel]
   */
  public static ReferenceLoss of(Loss loss, double[] z, int images, Target target) {
    return new Computation(z, images, target).loss(loss);
  }

  private static final class Computation {
    private final double[] z;
    private final int images;
    private final int classes;
    private final int pixels;
    private final Target target;

    Computation(double[] z, int images, Target target) {
      this.z = z;
      this.images = images;
      this.classes = target.classes();
      this.pixels = z.length / images / classes;
      this.target = target;
    }

    ReferenceLoss loss(Loss loss) {
      if (loss instanceof Loss.PixelWeightedCrossEntropy pwce) {
        return crossEntropy(pwce.power());
      }
      if (loss instanceof Loss.Combined combined) {
        return combined(combined);
      }
      if (loss instanceof Loss.SoftDice dice) {
        boolean sigmoid = dice.activation() == Loss.Activation.SIGMOID;
        boolean perImage = dice.reduction() == Loss.Reduction.IMAGE;
        return oneMinus(dice(sigmoid ? sigmoid() : softmax(), sigmoid, perImage, dice.epsilon()));
      }
      if (loss instanceof Loss.Tversky tversky) {
        return oneMinus(tversky(tversky));
      }
      return focal(((Loss.Focal) loss).gamma());
    }

    private ReferenceLoss crossEntropy(double power) {
      double[] p = softmax();
      double[] gradient = new double[z.length];
      double sum = 0;
      for (int n = 0; n < images; n++) {
        for (int i = 0; i < pixels; i++) {
          double w = target.pixelWeights()[n * pixels + i];
          double factor = Math.pow(1 + w, power) / (images * pixels);
          double members = 0;
          for (int k = 0; k < classes; k++) {
            members += t(n, k, i);
            sum -= factor * t(n, k, i) * Math.log(p[at(n, k, i)]);
          }
          for (int k = 0; k < classes; k++) {
            gradient[at(n, k, i)] = factor * (members * p[at(n, k, i)] - t(n, k, i));
          }
        }
      }
      return new ReferenceLoss(sum, gradient);
    }

    private ReferenceLoss combined(Loss.Combined loss) {
      ReferenceLoss entropy = crossEntropy(loss.power());
      ReferenceLoss score = dice(softmax(), false, true, loss.epsilon());
      double divisor = score.value + loss.epsilon();
      double[] gradient = new double[z.length];
      Arrays.setAll(
          gradient,
          i ->
              entropy.gradient[i] / divisor
                  - entropy.value / (divisor * divisor) * score.gradient[i]);
      return new ReferenceLoss(entropy.value / divisor, gradient);
    }

    /** The mean smooth Dice score over classes, and over images or with images taken together. */
    private ReferenceLoss dice(double[] p, boolean sigmoid, boolean perImage, double epsilon) {
      double[] byP = new double[z.length];
      double sum = 0;
      int groups = perImage ? images : 1;
      int together = images / groups;
      for (int g = 0; g < groups; g++) {
        for (int k = 0; k < classes; k++) {
          double both = 0;
          double all = 0;
          for (int n = g * together; n < (g + 1) * together; n++) {
            for (int i = 0; i < pixels; i++) {
              both += p[at(n, k, i)] * t(n, k, i);
              all += p[at(n, k, i)] + t(n, k, i);
            }
          }
          double top = 2 * both + epsilon;
          double bottom = all + epsilon;
          sum += top / bottom;
          for (int n = g * together; n < (g + 1) * together; n++) {
            for (int i = 0; i < pixels; i++) {
              byP[at(n, k, i)] =
                  (2 * t(n, k, i) * bottom - top) / (bottom * bottom) / (groups * classes);
            }
          }
        }
      }
      double score = sum / (groups * classes);
      return new ReferenceLoss(score, sigmoid ? throughSigmoid(p, byP) : throughSoftmax(p, byP));
    }

    private ReferenceLoss tversky(Loss.Tversky loss) {
      double[] p = softmax();
      double[] byP = new double[z.length];
      double sum = 0;
      for (int n = 0; n < images; n++) {
        for (int k = 0; k < classes; k++) {
          double hit = 0;
          double falsePositive = 0;
          double falseNegative = 0;
          for (int i = 0; i < pixels; i++) {
            hit += p[at(n, k, i)] * t(n, k, i);
            falsePositive += p[at(n, k, i)] * (1 - t(n, k, i));
            falseNegative += (1 - p[at(n, k, i)]) * t(n, k, i);
          }
          double top = hit + loss.epsilon();
          double bottom = top + loss.alpha() * falsePositive + loss.beta() * falseNegative;
          sum += top / bottom;
          for (int i = 0; i < pixels; i++) {
            double t = t(n, k, i);
            double bottomByP = t + loss.alpha() * (1 - t) - loss.beta() * t;
            byP[at(n, k, i)] =
                (t * bottom - top * bottomByP) / (bottom * bottom) / (images * classes);
          }
        }
      }
      return new ReferenceLoss(sum / (images * classes), throughSoftmax(p, byP));
    }

    private ReferenceLoss focal(double gamma) {
      double[] p = softmax();
      double[] byP = new double[z.length];
      double sum = 0;
      for (int n = 0; n < images; n++) {
        for (int k = 0; k < classes; k++) {
          for (int i = 0; i < pixels; i++) {
            double q = p[at(n, k, i)];
            double t = t(n, k, i) / (images * pixels);
            sum -= t * Math.pow(1 - q, gamma) * Math.log(q);
            byP[at(n, k, i)] =
                t * (gamma * Math.pow(1 - q, gamma - 1) * Math.log(q) - Math.pow(1 - q, gamma) / q);
          }
        }
      }
      return new ReferenceLoss(sum, throughSoftmax(p, byP));
    }

    private static ReferenceLoss oneMinus(ReferenceLoss score) {
      return new ReferenceLoss(
          1 - score.value, Arrays.stream(score.gradient).map(g -> -g).toArray());
    }

    private double[] throughSoftmax(double[] p, double[] byP) {
      double[] gradient = new double[z.length];
      for (int n = 0; n < images; n++) {
        for (int i = 0; i < pixels; i++) {
          double mean = 0;
          for (int k = 0; k < classes; k++) {
            mean += p[at(n, k, i)] * byP[at(n, k, i)];
          }
          for (int k = 0; k < classes; k++) {
            gradient[at(n, k, i)] = p[at(n, k, i)] * (byP[at(n, k, i)] - mean);
          }
        }
      }
      return gradient;
    }

    private static double[] throughSigmoid(double[] p, double[] byP) {
      double[] gradient = new double[p.length];
      Arrays.setAll(gradient, i -> byP[i] * p[i] * (1 - p[i]));
      return gradient;
    }

    private double[] sigmoid() {
      return Arrays.stream(z).map(x -> 1 / (1 + Math.exp(-x))).toArray();
    }

    private double[] softmax() {
      double[] p = new double[z.length];
      for (int n = 0; n < images; n++) {
        for (int i = 0; i < pixels; i++) {
          double highest = Double.NEGATIVE_INFINITY;
          for (int k = 0; k < classes; k++) {
            highest = Math.max(highest, z[at(n, k, i)]);
          }
          double sum = 0;
          for (int k = 0; k < classes; k++) {
            p[at(n, k, i)] = Math.exp(z[at(n, k, i)] - highest);
            sum += p[at(n, k, i)];
          }
          for (int k = 0; k < classes; k++) {
            p[at(n, k, i)] /= sum;
          }
        }
      }
      return p;
    }

    private int at(int image, int k, int pixel) {
      return (image * classes + k) * pixels + pixel;
    }

    private double t(int image, int k, int pixel) {
      return (target.membership()[image * pixels + pixel] >> k) & 1;
    }
  }
}
