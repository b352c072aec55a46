package org.maskmine.dsl.figure;

import org.maskmine.volume.Mask;
import org.maskmine.volume.Volume;

/**
 * One slice of a case, to be drawn.
 *
 * @param caseId the case's name
 * @param image in Hounsfield units
 * @param liver non-zero in the true liver; pictures are cut to it
 * @param slice along the third axis, from 0
 */
public record Scan(String caseId, Volume image, Mask liver, int slice) {
  /** Checks that both are on one grid and the slice is in it. */
  public Scan {
    int slices = image.geometry().nz();
    if (!image.geometry().sameGrid(liver.geometry()) || slice < 0 || slice >= slices) {
      throw new IllegalArgumentException(
          caseId
              + ": slice "
              + slice
              + " of an image of "
              + image.geometry().size()
              + " voxels with a liver of "
              + liver.geometry().size());
    }
  }

  /** {@code volume-3, slice 7}. */
  String title() {
    return caseId + ", slice " + slice;
  }
}
