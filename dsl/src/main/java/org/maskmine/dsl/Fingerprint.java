package org.maskmine.dsl;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.maskmine.data.Case;
import org.maskmine.data.CaseFacts.LabelFacts;
import org.maskmine.data.Dataset;
import org.maskmine.data.HuHistogram;
import org.maskmine.data.Part;
import org.maskmine.dsl.figure.Chart;
import org.maskmine.dsl.figure.HuCurves;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** What a data set is made of, from the facts that its opening found. */
final class Fingerprint {
  /** Below it networks on the phantom fell back to background alone (PAPER section 4). */
  private static final double SCARCE_PERCENT = 1;

  private static final double LOW = 0.5;
  private static final double HIGH = 99.5;

  private final Dataset data;

  Fingerprint(Dataset data) {
    this.data = data;
  }

  private static Optional<LabelFacts> labels(Case c) {
    return Optional.ofNullable(c.facts().labels());
  }

  /** A row per part. */
  Table parts() {
    var part = StringColumn.create("part");
    var cases = IntColumn.create("cases");
    var size = StringColumn.create("voxels of a case");
    var spacing = StringColumn.create("spacing, mm");
    var liver = LongColumn.create("liver voxels");
    var lesion = LongColumn.create("lesion voxels");
    var lesions = IntColumn.create("lesions");
    for (Part p : Part.values()) {
      List<Case> of = data.of(p);
      List<LabelFacts> facts =
          of.stream().map(Fingerprint::labels).flatMap(Optional::stream).toList();
      part.append(p.label());
      cases.append(of.size());
      size.append(range(of.stream().map(c -> c.geometry().size()).distinct().toList()));
      spacing.append(range(of.stream().map(Fingerprint::spacing).distinct().toList()));
      liver.append(facts.stream().mapToLong(LabelFacts::liverVoxels).sum());
      lesion.append(facts.stream().mapToLong(LabelFacts::lesionVoxels).sum());
      lesions.append(facts.stream().mapToInt(f -> f.lesionSizes().size()).sum());
    }
    return Table.create(data.name(), part, cases, size, spacing, liver, lesion, lesions);
  }

  private static String range(List<String> distinct) {
    return switch (distinct.size()) {
      case 0 -> "–";
      case 1 -> distinct.get(0);
      default -> distinct.get(0) + " and " + (distinct.size() - 1) + " more";
    };
  }

  private static String spacing(Case c) {
    var s = c.geometry().spacing();
    return String.format(Locale.ROOT, "%.2f × %.2f × %.2f", s.xMm(), s.yMm(), s.zMm());
  }

  /** A row per case. */
  Table cases() {
    var id = StringColumn.create("case");
    var part = StringColumn.create("part");
    var size = StringColumn.create("voxels");
    var spacing = StringColumn.create("spacing, mm");
    var numbers = new Numbers();
    for (Part p : Part.values()) {
      for (Case c : data.of(p)) {
        id.append(c.id());
        part.append(p.label());
        size.append(c.geometry().size());
        spacing.append(spacing(c));
        numbers.append(c);
      }
    }
    var table = Table.create("fingerprint of " + data.name(), id, part, size, spacing);
    return table.addColumns(numbers.columns());
  }

  /** The columns that need labels; missing for unlabelled cases. */
  private static final class Numbers {
    private final DoubleColumn liverMl = DoubleColumn.create("liver, ml");
    private final IntColumn lesions = IntColumn.create("lesions");
    private final DoubleColumn lesionMl = DoubleColumn.create("lesions, ml");
    private final DoubleColumn largestMl = DoubleColumn.create("largest lesion, ml");
    private final DoubleColumn ofLiver = DoubleColumn.create("lesions, % of the liver");
    private final DoubleColumn ofBox = DoubleColumn.create("lesions, % of the liver's box");
    private final DoubleColumn[] liverHu = percentiles("liver");
    private final DoubleColumn[] lesionHu = percentiles("lesion");

    private static DoubleColumn[] percentiles(String structure) {
      return new DoubleColumn[] {
        DoubleColumn.create(structure + " HU, " + LOW + " %"),
        DoubleColumn.create(structure + " HU, median"),
        DoubleColumn.create(structure + " HU, " + HIGH + " %")
      };
    }

    void append(Case c) {
      LabelFacts f = c.facts().labels();
      if (f == null) {
        for (var column : columns()) {
          column.appendMissing();
        }
        return;
      }
      double ml = fileVoxelMl(c, f);
      int largest = f.lesionSizes().stream().mapToInt(Integer::intValue).max().orElse(0);
      liverMl.append(f.liverVoxels() * ml);
      lesions.append(f.lesionSizes().size());
      lesionMl.append(f.lesionVoxels() * ml);
      largestMl.append(largest * ml);
      ofLiver.append(100.0 * f.lesionVoxels() / f.liverVoxels());
      ofBox.append(100.0 * f.lesionVoxels() / f.box());
      append(liverHu, f.liverHu());
      append(lesionHu, f.lesionHu());
    }

    /** Voxels were counted in the file; a resampled case has others in the same space. */
    private static double fileVoxelMl(Case c, LabelFacts f) {
      long inFile = f.values().values().stream().mapToLong(Long::longValue).sum();
      return c.geometry().spacing().voxelMm3() * c.geometry().voxels() / inFile / 1000;
    }

    private static void append(DoubleColumn[] columns, HuHistogram hu) {
      columns[0].append(hu.percentile(LOW));
      columns[1].append(hu.percentile(50));
      columns[2].append(hu.percentile(HIGH));
    }

    tech.tablesaw.columns.Column<?>[] columns() {
      return new tech.tablesaw.columns.Column<?>[] {
        liverMl,
        lesions,
        lesionMl,
        largestMl,
        ofLiver,
        ofBox,
        liverHu[0],
        liverHu[1],
        liverHu[2],
        lesionHu[0],
        lesionHu[1],
        lesionHu[2]
      };
    }
  }

  /** Hounsfield units of liver and lesions over the training cases; over all where none trains. */
  Chart histogram() {
    HuHistogram liver = HuHistogram.EMPTY;
    HuHistogram lesion = HuHistogram.EMPTY;
    List<LabelFacts> training = training();
    for (LabelFacts f : training) {
      liver = liver.plus(f.liverHu());
      lesion = lesion.plus(f.lesionHu());
    }
    return HuCurves.chart(data.name() + ": Hounsfield units in the training cases", liver, lesion);
  }

  private List<LabelFacts> training() {
    return data.of(Part.TRAINING).stream()
        .map(c -> c.facts().labels())
        .filter(Objects::nonNull)
        .toList();
  }

  /** Says where lesions are so scarce that a network may not learn them. */
  Optional<String> warning() {
    List<LabelFacts> training = training();
    long lesion = training.stream().mapToLong(LabelFacts::lesionVoxels).sum();
    long box = training.stream().mapToLong(LabelFacts::box).sum();
    double percent = box == 0 ? Double.NaN : 100.0 * lesion / box;
    return percent < SCARCE_PERCENT
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "Lesions fill %.2f %% of the boxes around the livers of the training cases: below"
                    + " about 1 %% a network may learn background alone; train on smaller crops, or"
                    + " on cases with more lesions.",
                percent))
        : Optional.empty();
  }
}
