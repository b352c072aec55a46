package org.maskmine.dsl;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.maskmine.data.Case;
import org.maskmine.data.Part;
import org.maskmine.data.Structure;
import org.maskmine.dsl.figure.ErrorColors;
import org.maskmine.dsl.figure.Figures;
import org.maskmine.dsl.figure.Picture;
import org.maskmine.dsl.figure.PictureOption;
import org.maskmine.dsl.figure.Plane;
import org.maskmine.dsl.figure.SliceViewer;
import org.maskmine.dsl.figure.ViewedCase;
import org.maskmine.dsl.view.View;
import org.maskmine.dsl.view.Viewable;
import org.maskmine.dsl.view.Views;
import org.maskmine.mining.ErrorMask;
import org.maskmine.mining.ErrorReport;
import org.maskmine.mining.MinedErrors;
import org.maskmine.scoring.Confusion;
import org.maskmine.scoring.Detection;
import org.maskmine.scoring.Lesion;
import org.maskmine.volume.Mask;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** A run's errors on its training cases, and others where asked, voxel by voxel. */
public final class Errors implements Viewable {
  private static final String AS_TRAINED =
      "Counted as training sees it: all parts of the liver, of which a run's scores keep the"
          + " largest, and lesions inside the true liver.";

  private final MinedErrors mined;

  Errors(MinedErrors mined) {
    this.mined = mined;
  }

  MinedErrors mined() {
    return mined;
  }

  /** How many voxels of each error class, per part and structure over all mined cases. */
  public Table table() {
    var part = StringColumn.create("part");
    var structure = StringColumn.create("structure");
    var cases = IntColumn.create("cases");
    var columns =
        new LongColumn[] {
          LongColumn.create("TN"),
          LongColumn.create("FP"),
          LongColumn.create("FN"),
          LongColumn.create("TP")
        };
    for (Part p : Part.values()) {
      for (Structure s : mined.caseIds(p).isEmpty() ? List.<Structure>of() : mined.structures()) {
        Confusion total = mined.total(s, p);
        part.append(p.label());
        structure.append(s.label());
        cases.append(mined.caseIds(p).size());
        columns[ErrorMask.TN].append(total.tn());
        columns[ErrorMask.FP].append(total.fp());
        columns[ErrorMask.FN].append(total.fn());
        columns[ErrorMask.TP].append(total.tp());
      }
    }
    return Table.create("errors of " + mined.run().id(), part, structure, cases)
        .addColumns(columns);
  }

  /** The cases with most wrong voxels, the worst first; of lesions where the run segments them. */
  public Table worst(int most) {
    var id = StringColumn.create("case");
    var slice = IntColumn.create("worst slice");
    var fp = LongColumn.create("FP");
    var fn = LongColumn.create("FN");
    var tp = LongColumn.create("TP");
    var dice = DoubleColumn.create("Dice");
    mined.caseIds().stream()
        .sorted(Comparator.comparingLong(this::wrong).reversed())
        .limit(most)
        .forEach(
            c -> {
              Confusion count = mined.count(shown(), c);
              id.append(c);
              slice.append(worstSlice(c, Plane.AXIAL));
              fp.append(count.fp());
              fn.append(count.fn());
              tp.append(count.tp());
              dice.append(count.dice());
            });
    return Table.create(shown().label() + "s, the worst cases", id, slice, fp, fn, tp, dice);
  }

  private long wrong(String caseId) {
    Confusion count = mined.count(shown(), caseId);
    return count.fp() + count.fn();
  }

  private Structure shown() {
    return mined.structures().contains(Structure.LESION) ? Structure.LESION : Structure.LIVER;
  }

  /** The slices with most wrong voxels over all mined cases, the worst first. */
  public Table worstSlices(int most) {
    var id = StringColumn.create("case");
    var slice = IntColumn.create("slice");
    var fp = IntColumn.create("FP");
    var fn = IntColumn.create("FN");
    report().slices(shown()).stream()
        .limit(most)
        .forEach(
            s -> {
              id.append(s.caseId());
              slice.append(s.slice());
              fp.append(s.fp());
              fn.append(s.fn());
            });
    return Table.create(shown().label() + "s, the worst slices", id, slice, fp, fn);
  }

  /**
   * Where the false positives lie: at the boundary of a true structure (within two voxels), or in
   * what the phantom drew there (vessel, gallbladder, focal fat, …); real scans know no such parts.
   */
  public Table falsePositives() {
    var place = StringColumn.create("where");
    var voxels = LongColumn.create("FP");
    var share = DoubleColumn.create("share");
    Map<String, Long> places = report().falsePositives(shown());
    long all = places.values().stream().mapToLong(Long::longValue).sum();
    places.forEach(
        (where, n) -> {
          place.append(where);
          voxels.append(n);
          share.append((double) n / all);
        });
    return Table.create(shown().label() + "s, where false positives lie", place, voxels, share);
  }

  /** Every true lesion: missed ones first, then by size; contrast against the liver in HU. */
  public Table lesions() {
    var id = StringColumn.create("case");
    var slice = IntColumn.create("slice");
    var diameter = DoubleColumn.create("diameter, mm");
    var contrast = DoubleColumn.create("contrast, HU");
    var overlap = DoubleColumn.create("overlap");
    var found = BooleanColumn.create("found");
    record Row(String caseId, Lesion lesion) {}
    report().lesions().entrySet().stream()
        .flatMap(e -> e.getValue().truths().stream().map(l -> new Row(e.getKey(), l)))
        .sorted(
            Comparator.comparing((Row r) -> r.lesion().matched(0))
                .thenComparing(r -> r.lesion().diameterMm()))
        .forEach(
            r -> {
              id.append(r.caseId());
              slice.append(r.lesion().slice());
              diameter.append(r.lesion().diameterMm());
              contrast.append(r.lesion().contrastHu());
              overlap.append(r.lesion().overlap());
              found.append(r.lesion().matched(0));
            });
    return Table.create(
        "lesions, the missed ones first", id, slice, diameter, contrast, overlap, found);
  }

  /** Lesions found, missed and invented, by size; a lesion is found where any voxel is. */
  public Table bySize() {
    return SizeClasses.table(
        report().lesions().values().stream().reduce(Detection.NONE, Detection::plus));
  }

  private ErrorReport report() {
    return new ErrorReport(mined);
  }

  /**
   * A slice with its lesion errors: false negatives red, false positives green, true positives
   * black (Fig. 1).
   *
   * @param caseId a mined case, such as {@code volume-3}
   * @param slice from 0
   * @param options the plane, {@link Maskmine#zoom}, {@link Maskmine#errorColors}
   * @throws org.maskmine.UserError where there is no such case or slice
   */
  public Picture overlay(String caseId, int slice, PictureOption... options) {
    return overlay(caseId, Slices.of(slice, options));
  }

  /** Several slices beside one another, as {@link #overlay(String, int, PictureOption...)}. */
  public Picture overlay(String caseId, SliceRange slices, PictureOption... options) {
    return overlay(caseId, Slices.of(slices.all(), options));
  }

  /** The slice with most wrong lesion voxels of the worst case. */
  public Picture overlay(PictureOption... options) {
    String worst = worstCase();
    Plane plane = Slices.of(0, options).plane();
    return overlay(worst, worstSlice(worst, plane), options);
  }

  private Picture overlay(String caseId, Slices s) {
    Case c = mined.data().find(caseId);
    Mask errors = mined.mask(shown(), caseId);
    return Figures.overlay(s.scan(c), shown().label(), errors, s.zoom(), s.colors());
  }

  /** The image, and beside it what the run made of it in the four colours (Fig. 1). */
  private Picture figure1(String caseId, int slice) {
    Slices s = Slices.of(slice);
    Mask errors = mined.mask(shown(), caseId);
    return Figures.segmentations(
        s.scan(mined.data().find(caseId)),
        shown().label(),
        Map.of(mined.run().id(), errors),
        s.zoom(),
        s.colors());
  }

  private String worstCase() {
    return worst(1).stringColumn("case").get(0);
  }

  private int worstSlice(String caseId, Plane plane) {
    return plane.fullest(mined.mask(shown(), caseId), e -> e == ErrorMask.FP || e == ErrorMask.FN);
  }

  /**
   * Image, truth, prediction and error mask beside one another (Fig. 2).
   *
   * @param options the plane, {@link Maskmine#zoom}, {@link Maskmine#errorColors}
   * @throws org.maskmine.UserError where there is no such case or slice
   */
  public Picture strip(String caseId, int slice, PictureOption... options) {
    return strip(caseId, Slices.of(slice, options));
  }

  /** Several slices below one another, as {@link #strip(String, int, PictureOption...)}. */
  public Picture strip(String caseId, SliceRange slices, PictureOption... options) {
    return strip(caseId, Slices.of(slices.all(), options));
  }

  private Picture strip(String caseId, Slices s) {
    Case c = mined.data().find(caseId);
    Mask errors = mined.mask(shown(), caseId);
    return Figures.mining(s.scan(c), shown().label(), errors, s.zoom(), s.colors());
  }

  /**
   * A case with its truth and its lesion errors to walk through in the cell.
   *
   * @param options {@link Maskmine#errorColors}
   * @throws org.maskmine.UserError where there is no such case
   */
  public SliceViewer viewer(String caseId, PictureOption... options) {
    return new SliceViewer(List.of(viewed(caseId, Slices.of(0, options).colors())));
  }

  /** Every mined case to walk through in the cell, one at a time. */
  public SliceViewer viewer(PictureOption... options) {
    ErrorColors colors = Slices.of(0, options).colors();
    return new SliceViewer(mined.caseIds().stream().map(id -> viewed(id, colors)).toList());
  }

  private ViewedCase viewed(String caseId, ErrorColors colors) {
    Case c = mined.data().find(caseId);
    Mask errors = mined.mask(shown(), caseId);
    Mask labels = c.labels().orElseGet(() -> Mask.empty(c.geometry()));
    return new ViewedCase(
        caseId,
        c.image(),
        labels.where(l -> l > 0),
        List.of(ViewedCase.Layer.truth(labels), ViewedCase.Layer.errors("errors", errors, colors)));
  }

  @Override
  public View view() {
    String worst = worstCase();
    List<Object> parts = new ArrayList<>(List.of(table(), AS_TRAINED, worst(5), falsePositives()));
    if (shown() == Structure.LESION) {
      parts.add(bySize());
    }
    parts.add(figure1(worst, worstSlice(worst, Plane.AXIAL)));
    return Views.stack(parts.toArray());
  }

  @Override
  public String toString() {
    return "Errors(" + mined.run().id() + ")";
  }
}
