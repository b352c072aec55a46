package org.maskmine.data;

import java.util.random.RandomGenerator;
import org.maskmine.UserError;

/**
 * Random changes of training patches in the axial plane, each with probability ½ (PAPER section
 * 3.2).
 *
 * @param flips whether patches are mirrored along x, and along y
 * @param degrees the largest rotation to either side; 0 for none
 * @param smallestZoom of the patch's content; 1 for none
 * @param largestZoom of the patch's content; 1 for none
 */
public record Augmentation(boolean flips, double degrees, double smallestZoom, double largestZoom) {
  /** Patches as they lie in the volume. */
  public static final Augmentation NONE = new Augmentation(false, 0, 1, 1);

  /** Mirrored alone. */
  public static final Augmentation FLIPS = new Augmentation(true, 0, 1, 1);

  /** Flips, rotation by up to 10° and zoom by 0.825 to 1.175, as in the paper. */
  public static final Augmentation PAPER = new Augmentation(true, 10, 0.825, 1.175);

  /** Checks the ranges. */
  public Augmentation {
    if (!(degrees >= 0 && degrees <= 180)) {
      throw new UserError("rotation by " + degrees + "°: must be 0 to 180; take 10");
    }
    if (!(smallestZoom > 0 && smallestZoom <= largestZoom && largestZoom <= 10)) {
      throw new UserError(
          "zoom from "
              + smallestZoom
              + " to "
              + largestZoom
              + ": must be positive, at most 10, and rise; take 0.825 to 1.175");
    }
  }

  /** One change, drawn with as many random numbers whatever is switched on. */
  public AxialTransform draw(RandomGenerator random) {
    boolean flipX = random.nextBoolean() && flips;
    boolean flipY = random.nextBoolean() && flips;
    boolean turned = random.nextBoolean();
    double angle = (2 * random.nextDouble() - 1) * degrees;
    boolean zoomed = random.nextBoolean();
    double zoom = smallestZoom + random.nextDouble() * (largestZoom - smallestZoom);
    return AxialTransform.of(flipX, flipY, turned ? angle : 0, zoomed ? zoom : 1);
  }
}
