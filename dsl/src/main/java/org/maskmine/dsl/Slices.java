package org.maskmine.dsl;

import java.util.List;
import org.maskmine.UserError;
import org.maskmine.data.Case;
import org.maskmine.data.Structure;
import org.maskmine.dsl.figure.ErrorColors;
import org.maskmine.dsl.figure.PictureOption;
import org.maskmine.dsl.figure.Plane;
import org.maskmine.dsl.figure.Scan;
import org.maskmine.dsl.figure.Zoom;
import org.maskmine.dsl.view.Given;
import org.maskmine.volume.Mask;

/**
 * Which slices of a case are pictured, and how.
 *
 * @param indices along the plane's normal
 */
record Slices(List<Integer> indices, Plane plane, Zoom zoom, ErrorColors colors) {
  static Slices of(List<Integer> indices, PictureOption... options) {
    return new Slices(
        indices,
        Given.one(options, Plane.class).orElse(Plane.AXIAL),
        Given.one(options, Zoom.class).orElse(new Zoom(Structure.LIVER)),
        Given.one(options, ErrorColors.class).orElse(ErrorColors.PAPER));
  }

  static Slices of(int index, PictureOption... options) {
    return of(List.of(index), options);
  }

  /** The slices with the true liver, for a picture. */
  Scan scan(Case c) {
    int last = plane.slices(c.geometry()) - 1;
    for (int slice : indices) {
      if (slice < 0 || slice > last) {
        String kind = plane == Plane.AXIAL ? "" : plane.label() + " ";
        throw new UserError(
            "slice " + slice + ": " + c.id() + " has " + kind + "slices 0 to " + last);
      }
    }
    Mask liver = c.truth(Structure.LIVER).orElseGet(() -> Mask.empty(c.geometry()));
    return new Scan(c.id(), c.image(), liver, plane, indices);
  }

  /** The axial slice with most voxels of a binary mask. */
  static int fullest(Mask mask) {
    return Plane.AXIAL.fullest(mask, v -> v != 0);
  }
}
