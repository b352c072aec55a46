package org.maskmine.engine;

/**
 * What a head should say.
 *
 * @param classes channels of the head: 2 for (background, foreground), 4 for (TN, FP, FN, TP)
 * @param membership [batch, (z,) y, x]; bit k is set where the pixel belongs to class k. One bit
 *     for exclusive classes; the Dice targets of an error head overlap (PAPER section 2.2: channel
 *     TP is replaced by the truth, so a false negative belongs to FN and TP)
 * @param pixelWeights w of the pixel-weighted cross-entropy, [batch, (z,) y, x]
 */
public record Target(int classes, byte[] membership, float[] pixelWeights) {
  /** Membership of the background, true negatives included: class 0 alone. */
  public static final byte BACKGROUND = 1;

  /** Checks that there is one weight per pixel. */
  public Target {
    if (membership.length != pixelWeights.length) {
      throw new IllegalArgumentException(
          pixelWeights.length + " weights for " + membership.length + " pixels");
    }
  }
}
