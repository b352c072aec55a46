package org.maskmine.dsl.figure;

import java.util.List;
import org.maskmine.data.Phantom;
import org.maskmine.mining.ErrorMask;
import org.maskmine.scoring.Confusion;
import org.maskmine.volume.Mask;
import org.maskmine.volume.Volume;

/** What the test figures show: a drawn case, predictions that are its truth moved, and counts. */
final class Drawn {
  private static final Phantom.Drawn CASE = Phantom.draw(3, Phantom.Site.A);

  private Drawn() {}

  static Volume image() {
    return CASE.image();
  }

  static Mask labels() {
    return CASE.labels();
  }

  static Mask liver() {
    return labels().where(l -> l > 0);
  }

  static Mask lesions() {
    return labels().where(l -> l == 2);
  }

  /** Errors of the lesions moved along x by some voxels. */
  static Mask errors(int voxels) {
    Mask truth = lesions();
    byte[] moved = new byte[truth.values().length];
    for (int i = 0; i + voxels < moved.length; i++) {
      moved[i + voxels] = truth.values()[i];
    }
    return ErrorMask.of(new Mask(truth.geometry(), moved), truth);
  }

  /** Seed 0 of the experiment in PAPER section 1. */
  static BarGroup bars(String pipeline) {
    return new BarGroup(
        pipeline,
        List.of(
            new Bar("initial", Bar.Role.INITIAL, new Confusion(0, 916, 2219, 3100)),
            new Bar("control", Bar.Role.CONTROL, new Confusion(0, 917, 2139, 3180)),
            new Bar("dice", Bar.Role.RECALL, new Confusion(0, 2350, 1671, 3648)),
            new Bar("pwce", Bar.Role.ROBUSTNESS, new Confusion(0, 478, 2514, 2805))));
  }
}
