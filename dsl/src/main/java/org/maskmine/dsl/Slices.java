package org.maskmine.dsl;

import java.util.function.IntPredicate;
import org.maskmine.UserError;
import org.maskmine.data.Case;
import org.maskmine.data.Structure;
import org.maskmine.dsl.figure.Scan;
import org.maskmine.volume.Mask;

/** Which slice of a case is worth showing. */
final class Slices {
  private Slices() {}

  private static void check(Case c, int slice) {
    int last = c.geometry().nz() - 1;
    if (slice < 0 || slice > last) {
      throw new UserError("slice " + slice + ": " + c.id() + " has slices 0 to " + last);
    }
  }

  /** A checked slice with the true liver, for a picture. */
  static Scan scan(Case c, int slice) {
    check(c, slice);
    Mask liver = c.truth(Structure.LIVER).orElseGet(() -> Mask.empty(c.geometry()));
    return new Scan(c.id(), c.image(), liver, slice);
  }

  /** The slice with most voxels of a binary mask. */
  static int fullest(Mask mask) {
    return fullest(mask, v -> v != 0);
  }

  /** The slice with most voxels that pass a test. */
  static int fullest(Mask mask, IntPredicate test) {
    int pixels = mask.geometry().nx() * mask.geometry().ny();
    int best = 0;
    int most = -1;
    for (int z = 0; z < mask.geometry().nz(); z++) {
      int n = 0;
      for (int i = z * pixels; i < (z + 1) * pixels; i++) {
        n += test.test(mask.values()[i]) ? 1 : 0;
      }
      if (n > most) {
        most = n;
        best = z;
      }
    }
    return best;
  }
}
