package org.maskmine.scoring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.maskmine.volume.Components;
import org.maskmine.volume.Connectivity;
import org.maskmine.volume.Mask;
import org.maskmine.volume.Volume;

/**
 * Matches predicted with true lesions by overlap, as the LiTS challenge describes it (Bilic et al.
 * 2023 and its scoring program): true lesions with the same best prediction form a group; every
 * prediction goes to the group that it overlaps most; the overlap of a match is the intersection
 * over union of all predictions with all true lesions of the group.
 *
 * <p>Unlike in that program, every true lesion of a group counts on its own.
 */
public final class LesionMatching {
  private static final int NOTHING = -1;

  private final Components.Labelling truths;
  private final Components.Labelling predictions;

  /** Per prediction and truth that touch, their common voxels; in order of their numbers. */
  private final Map<Integer, Map<Integer, Integer>> common = new TreeMap<>();

  private LesionMatching(Mask prediction, Mask truth) {
    this.truths = Components.label(truth, Connectivity.FACES);
    this.predictions = Components.label(prediction, Connectivity.FACES);
    for (int i = 0; i < truths.labels().length; i++) {
      int t = truths.labels()[i] - 1;
      int p = predictions.labels()[i] - 1;
      if (t >= 0 && p >= 0) {
        common.computeIfAbsent(p, k -> new TreeMap<>()).merge(t, 1, Integer::sum);
      }
    }
  }

  /**
   * Matches lesions.
   *
   * @param prediction binary
   * @param truth binary, on the same grid
   * @param image Hounsfield units, for the contrast of the true lesions
   * @param liver binary: the whole true liver
   */
  public static Detection of(Mask prediction, Mask truth, Volume image, Mask liver) {
    var matching = new LesionMatching(prediction, truth);
    return matching.match(matching.contrasts(image, liver));
  }

  private Detection match(double[] contrasts) {
    int[] groups = bestPredictions();
    int[] matches = bestGroups(groups);
    double[] overlaps = overlaps(groups, matches);
    int[] slices = fullestSlices(truths);
    int[] predictedSlices = fullestSlices(predictions);
    double voxelMm3 = truths.geometry().spacing().voxelMm3();
    List<Lesion> of = new ArrayList<>();
    for (int t = 0; t < truths.count(); t++) {
      double overlap = groups[t] == NOTHING ? 0 : overlaps[groups[t]];
      of.add(lesion(slices[t], truths.sizes()[t], voxelMm3, contrasts[t], overlap));
    }
    List<Lesion> found = new ArrayList<>();
    for (int p = 0; p < predictions.count(); p++) {
      double overlap = matches[p] == NOTHING ? 0 : overlaps[matches[p]];
      found.add(lesion(predictedSlices[p], predictions.sizes()[p], voxelMm3, Double.NaN, overlap));
    }
    return new Detection(of, found);
  }

  private static Lesion lesion(
      int slice, int voxels, double voxelMm3, double contrast, double overlap) {
    double diameter = Math.cbrt(6 / Math.PI * voxels * voxelMm3);
    return new Lesion(slice, voxels, diameter, contrast, overlap);
  }

  /** Per component the first of the slices that hold most of it. */
  private static int[] fullestSlices(Components.Labelling components) {
    int pixels = components.geometry().nx() * components.geometry().ny();
    int[] fullest = new int[components.count()];
    int[] most = new int[components.count()];
    int[] here = new int[components.count()];
    for (int z = 0; z < components.geometry().nz(); z++) {
      Arrays.fill(here, 0);
      for (int i = z * pixels; i < (z + 1) * pixels; i++) {
        int k = components.labels()[i] - 1;
        if (k >= 0 && ++here[k] > most[k]) {
          most[k] = here[k];
          fullest[k] = z;
        }
      }
    }
    return fullest;
  }

  /** Per true lesion its group: the prediction that covers most of it. */
  private int[] bestPredictions() {
    int[] best = new int[truths.count()];
    int[] most = new int[truths.count()];
    Arrays.fill(best, NOTHING);
    common.forEach(
        (p, lesions) ->
            lesions.forEach(
                (t, voxels) -> {
                  if (voxels > most[t]) {
                    most[t] = voxels;
                    best[t] = p;
                  }
                }));
    return best;
  }

  /** Per prediction the group that it covers most of. */
  private int[] bestGroups(int[] groups) {
    int[] best = new int[predictions.count()];
    Arrays.fill(best, NOTHING);
    common.forEach(
        (p, lesions) -> {
          Map<Integer, Integer> voxels = new LinkedHashMap<>();
          lesions.forEach((t, n) -> voxels.merge(groups[t], n, Integer::sum));
          int most = 0;
          for (var group : voxels.entrySet()) {
            if (group.getValue() > most) {
              most = group.getValue();
              best[p] = group.getKey();
            }
          }
        });
    return best;
  }

  /** Intersection over union of every group with its predictions. */
  private double[] overlaps(int[] groups, int[] matches) {
    double[] sum = new double[predictions.count()];
    double[] both = new double[predictions.count()];
    for (int t = 0; t < groups.length; t++) {
      if (groups[t] != NOTHING) {
        sum[groups[t]] += truths.sizes()[t];
      }
    }
    common.forEach(
        (p, lesions) -> {
          sum[matches[p]] += predictions.sizes()[p];
          lesions.forEach((t, voxels) -> both[matches[p]] += groups[t] == matches[p] ? voxels : 0);
        });
    double[] overlaps = new double[predictions.count()];
    for (int g = 0; g < overlaps.length; g++) {
      overlaps[g] = both[g] == 0 ? 0 : both[g] / (sum[g] - both[g]);
    }
    return overlaps;
  }

  /** Per true lesion its mean minus that of the liver without lesions. */
  private double[] contrasts(Volume image, Mask liver) {
    double[] sums = new double[truths.count()];
    double around = 0;
    long aroundVoxels = 0;
    for (int i = 0; i < truths.labels().length; i++) {
      int t = truths.labels()[i] - 1;
      if (t >= 0) {
        sums[t] += image.values()[i];
      } else if (liver.values()[i] != 0) {
        around += image.values()[i];
        aroundVoxels++;
      }
    }
    for (int t = 0; t < sums.length; t++) {
      sums[t] = sums[t] / truths.sizes()[t] - around / aroundVoxels;
    }
    return sums;
  }
}
