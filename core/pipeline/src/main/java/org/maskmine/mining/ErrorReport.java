package org.maskmine.mining;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.maskmine.data.Anatomy;
import org.maskmine.data.Case;
import org.maskmine.data.Structure;
import org.maskmine.scoring.Detection;
import org.maskmine.scoring.LesionMatching;
import org.maskmine.volume.Mask;
import org.maskmine.volume.Morphology;

/** Where mined errors lie, and which lesions were missed. */
public final class ErrorReport {
  /** Voxels around a structure that count as its boundary, in steps through faces. */
  private static final int BOUNDARY = 2;

  private final MinedErrors errors;

  /** A report on these errors. */
  public ErrorReport(MinedErrors errors) {
    this.errors = errors;
  }

  /** The wrong voxels of one slice. */
  public record SliceErrors(String caseId, int slice, int fp, int fn) {
    /** Both together. */
    public int wrong() {
      return fp + fn;
    }
  }

  /** Every slice with a wrong voxel, those with most first. */
  public List<SliceErrors> slices(Structure structure) {
    List<SliceErrors> slices = new ArrayList<>();
    for (String id : errors.caseIds()) {
      Mask mask = errors.mask(structure, id);
      int pixels = mask.geometry().nx() * mask.geometry().ny();
      for (int z = 0; z < mask.geometry().nz(); z++) {
        int fp = 0;
        int fn = 0;
        for (int i = z * pixels; i < (z + 1) * pixels; i++) {
          fp += mask.values()[i] == ErrorMask.FP ? 1 : 0;
          fn += mask.values()[i] == ErrorMask.FN ? 1 : 0;
        }
        if (fp + fn > 0) {
          slices.add(new SliceErrors(id, z, fp, fn));
        }
      }
    }
    slices.sort(Comparator.comparingInt(SliceErrors::wrong).reversed());
    return slices;
  }

  /**
   * How many false positive voxels lie where, most first: at the boundary of the structure (within
   * two voxels of it), or away from it in a part of the phantom's anatomy; real scans know no
   * parts.
   */
  public Map<String, Long> falsePositives(Structure structure) {
    Map<String, Long> places = new LinkedHashMap<>();
    for (String id : errors.caseIds()) {
      Mask mask = errors.mask(structure, id);
      Mask near = Morphology.dilate(mask.where(e -> e >= ErrorMask.FN), BOUNDARY);
      Optional<Mask> anatomy = Anatomy.read(errors.data(), id);
      for (int i = 0; i < mask.values().length; i++) {
        if (mask.values()[i] == ErrorMask.FP) {
          places.merge(place(near, anatomy, i), 1L, Long::sum);
        }
      }
    }
    Map<String, Long> sorted = new LinkedHashMap<>();
    places.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .forEach(e -> sorted.put(e.getKey(), e.getValue()));
    return sorted;
  }

  private static String place(Mask near, Optional<Mask> anatomy, int voxel) {
    return near.values()[voxel] != 0
        ? "boundary"
        : anatomy.map(mask -> Anatomy.of(mask.values()[voxel])).orElse(Anatomy.OTHER).label();
  }

  /** Per mined case, in order, which lesions were found, with their size and contrast. */
  public Map<String, Detection> lesions() {
    Map<String, Detection> lesions = new LinkedHashMap<>();
    for (String id : errors.caseIds()) {
      Mask mask = errors.mask(Structure.LESION, id);
      Case c = errors.data().find(id);
      lesions.put(
          id,
          LesionMatching.of(
              mask.where(e -> e == ErrorMask.FP || e == ErrorMask.TP),
              mask.where(e -> e >= ErrorMask.FN),
              c.image(),
              c.truth(Structure.LIVER).orElseThrow()));
    }
    return lesions;
  }
}
