package org.maskmine.dsl.figure;

import java.util.List;
import java.util.function.IntPredicate;
import org.maskmine.volume.Mask;
import org.maskmine.volume.Volume;

/**
 * Slices of a case, to be drawn.
 *
 * @param caseId the case's name
 * @param image in Hounsfield units
 * @param liver non-zero in the true liver; pictures are cut to it
 * @param plane that is cut
 * @param slices along the plane's normal, from 0, in order
 */
public record Scan(String caseId, Volume image, Mask liver, Plane plane, List<Integer> slices) {
  /** Checks that both are on one grid and the slices are in it. */
  public Scan {
    slices = List.copyOf(slices);
    int last = plane.slices(image.geometry()) - 1;
    if (!image.geometry().sameGrid(liver.geometry())
        || slices.isEmpty()
        || slices.stream().anyMatch(s -> s < 0 || s > last)) {
      throw new IllegalArgumentException(
          caseId
              + ": slices "
              + slices
              + " of an image of "
              + image.geometry().size()
              + " voxels with a liver of "
              + liver.geometry().size());
    }
  }

  /** One axial slice. */
  public static Scan of(String caseId, Volume image, Mask liver, int slice) {
    return new Scan(caseId, image, liver, Plane.AXIAL, List.of(slice));
  }

  /** {@code volume-3, slice 7}; {@code volume-3, coronal slices 7, 9}. */
  String title() {
    String kind = plane == Plane.AXIAL ? "" : plane.label() + " ";
    String which = String.join(", ", slices.stream().map(String::valueOf).toList());
    return caseId + ", " + kind + (slices.size() == 1 ? "slice " : "slices ") + which;
  }

  /** Whole slices. */
  List<Slice> whole() {
    return slices.stream().map(s -> plane.slice(image.geometry(), s)).toList();
  }

  /** The slices cut to one common rectangle around the voxels that pass the test. */
  List<Slice> cut(IntPredicate voxelPasses, double marginMm) {
    List<Slice> whole = whole();
    Slice.Box box =
        whole.stream().map(s -> s.around(voxelPasses)).reduce(Slice.Box::with).orElseThrow();
    return whole.stream().map(s -> s.cut(box, marginMm)).toList();
  }

  /** How many voxels of the slices pass the test. */
  long count(IntPredicate voxelPasses) {
    return whole().stream().mapToLong(s -> s.count(voxelPasses)).sum();
  }
}
