package org.maskmine.data;

import java.util.List;
import org.maskmine.volume.Mask;

/** The z-score of a window, taken from training cases alone. */
public final class Standardisation {
  private Standardisation() {}

  /**
   * The window with mean and deviation of the liver's voxels over all given cases, after the
   * window.
   *
   * @param training labelled cases
   * @throws org.maskmine.UserError where they hold one value alone
   */
  public static HuWindow of(HuWindow window, List<Case> training) {
    double n = 0;
    double sum = 0;
    double squares = 0;
    for (Case c : training) {
      Mask labels = c.labels().orElseThrow();
      float[] hu = c.image().values();
      for (int i = 0; i < hu.length; i++) {
        if (Structure.LIVER.holds(labels.values()[i])) {
          double share = (hu[i] - window.low()) / (window.high() - window.low());
          double v = share > 0 ? Math.min(1, share) : 0;
          n++;
          sum += v;
          squares += v * v;
        }
      }
    }
    double mean = sum / n;
    double deviation = Math.sqrt(Math.max(0, squares / n - mean * mean));
    return new HuWindow(window.low(), window.high(), mean, deviation);
  }
}
