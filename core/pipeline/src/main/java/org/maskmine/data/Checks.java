package org.maskmine.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.maskmine.data.CaseFacts.LabelFacts;
import org.maskmine.data.DataProblem.Kind;
import org.maskmine.volume.Geometry;
import org.maskmine.volume.Spacing;

/** What is wrong with a case before anything is trained on it. */
final class Checks {
  /** Relative; headers round spacings to a few digits. */
  private static final double SPACING_TOLERANCE = 0.01;

  /** Of the smallest spacing; labels are compared voxel by voxel. */
  private static final double PLACE_TOLERANCE = 0.5;

  /** Scanners store 16 bits. */
  private static final double FARTHEST_HU = 32_768;

  private static final double NARROWEST_HU = 100;

  /** Fatty livers reach down to about −20, a contrast agent up to about 200. */
  private static final double LOWEST_LIVER_HU = -50;

  private static final double HIGHEST_LIVER_HU = 250;

  private final String id;
  private final List<DataProblem> problems = new ArrayList<>();

  private Checks(String id) {
    this.id = id;
  }

  static List<DataProblem> of(String id, CaseFacts facts, LabelMap map) {
    var checks = new Checks(id);
    checks.image(facts);
    checks.grid(facts);
    if (facts.labels() != null) {
      checks.labels(facts.labels(), map);
    }
    return checks.problems;
  }

  private void add(Kind kind, String found, String expected, String remedy) {
    problems.add(new DataProblem(id, kind, found, expected, remedy));
  }

  private static String format(String text, Object... values) {
    return String.format(Locale.ROOT, text, values);
  }

  private void image(CaseFacts f) {
    boolean hu =
        f.lowestHu() < 0
            && f.lowestHu() >= -FARTHEST_HU
            && f.highestHu() < FARTHEST_HU
            && f.highestHu() - f.lowestHu() >= NARROWEST_HU;
    if (!hu) {
      add(
          Kind.NOT_CT,
          format("image values from %s to %s", f.lowestHu(), f.highestHu()),
          "CT in Hounsfield units, where air is -1000 and water 0",
          "export the scan without normalisation, and check scl_slope and scl_inter in the header");
    }
    if (f.notFinite() > 0) {
      add(
          Kind.NOT_A_NUMBER,
          format("%,d voxels without a finite value", f.notFinite()),
          "a number in every voxel",
          "they count as air; export the scan again if they are not outside the field of view");
    }
  }

  private void grid(CaseFacts f) {
    Geometry image = f.geometry();
    Geometry labels = f.labelGeometry();
    if (labels == null) {
      return;
    }
    if (!labels.sameGrid(image)) {
      add(
          Kind.SHAPE,
          "labels of " + labels.size() + " voxels",
          "must have " + image.size() + " as the image",
          "check that both files belong to the same case");
    } else if (!close(labels.spacing(), image.spacing())) {
      add(
          Kind.SPACING,
          "labels with voxels of " + text(labels.spacing()),
          "must be " + text(image.spacing()) + " as in the image",
          "check that both files belong to the same case, then copy the image's header");
    } else {
      place(image, labels);
    }
  }

  private void place(Geometry image, Geometry labels) {
    Spacing s = image.spacing();
    double smallest = Math.min(s.xMm(), Math.min(s.yMm(), s.zMm()));
    double apart = image.farthestCornerMm(labels);
    if (apart > PLACE_TOLERANCE * smallest) {
      add(
          Kind.PLACE,
          format("labels up to %.1f mm away from the image or turned against it", apart),
          "must lie on the image's voxels",
          "check that both files belong to the same case, then copy the image's header");
    }
  }

  private static boolean close(Spacing a, Spacing b) {
    return close(a.xMm(), b.xMm()) && close(a.yMm(), b.yMm()) && close(a.zMm(), b.zMm());
  }

  private static boolean close(double a, double b) {
    return Math.abs(a - b) <= SPACING_TOLERANCE * b;
  }

  private static String text(Spacing s) {
    return format("%.3g × %.3g × %.3g mm", s.xMm(), s.yMm(), s.zMm());
  }

  private void labels(LabelFacts f, LabelMap map) {
    List<Integer> wrong = f.values().keySet().stream().filter(v -> !map.allows(v)).toList();
    if (!wrong.isEmpty()) {
      add(
          Kind.LABEL_VALUES,
          "label values " + wrong.stream().map(String::valueOf).collect(Collectors.joining(", ")),
          "must be " + map.allowed(),
          "name the values that count: load(…, labels(liver(…), lesion(…)))");
    } else if (f.liverVoxels() == 0) {
      add(
          Kind.NO_LIVER,
          "labels without a liver voxel, only "
              + f.values().keySet().stream().map(String::valueOf).collect(Collectors.joining(", ")),
          "must hold a liver",
          "check the label file, or name its values: load(…, labels(liver(…)))");
    } else {
      liver(f);
    }
  }

  private void liver(LabelFacts f) {
    double median = f.liverHu().plus(f.lesionHu()).percentile(50);
    if (!(median >= LOWEST_LIVER_HU && median <= HIGHEST_LIVER_HU)) {
      add(
          Kind.NOT_CT,
          format("a median of %.0f HU inside the liver", median),
          format("livers have %.0f to %.0f", LOWEST_LIVER_HU, HIGHEST_LIVER_HU),
          "check that image and labels belong to the same case and that the image holds Hounsfield"
              + " units");
    }
    if (f.strayLesions() > 0) {
      add(
          Kind.LESION_OUTSIDE_LIVER,
          f.strayLesions() + " of the lesions' pieces outside the liver",
          "lesions lie in or at the liver",
          "they are used as liver and lesion; correct the labels if they are not");
    }
  }
}
