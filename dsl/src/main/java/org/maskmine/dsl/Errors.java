package org.maskmine.dsl;

import java.util.Comparator;
import java.util.List;
import org.maskmine.data.Case;
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
import org.maskmine.mining.MinedErrors;
import org.maskmine.scoring.Confusion;
import org.maskmine.volume.Mask;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** A run's errors on its training cases, voxel by voxel. */
public final class Errors implements Viewable {
  private final MinedErrors mined;

  Errors(MinedErrors mined) {
    this.mined = mined;
  }

  MinedErrors mined() {
    return mined;
  }

  /** How many voxels of each error class, per structure over all training cases. */
  public Table table() {
    var structure = StringColumn.create("structure");
    var cases = IntColumn.create("cases");
    var columns =
        new LongColumn[] {
          LongColumn.create("TN"),
          LongColumn.create("FP"),
          LongColumn.create("FN"),
          LongColumn.create("TP")
        };
    for (Structure s : Structure.values()) {
      Confusion total =
          mined.caseIds().stream()
              .map(id -> count(mined.mask(s, id)))
              .reduce(Confusion.NONE, Confusion::plus);
      structure.append(s.label());
      cases.append(mined.caseIds().size());
      columns[ErrorMask.TN].append(total.tn());
      columns[ErrorMask.FP].append(total.fp());
      columns[ErrorMask.FN].append(total.fn());
      columns[ErrorMask.TP].append(total.tp());
    }
    return Table.create("errors of " + mined.run().id(), structure, cases).addColumns(columns);
  }

  /** The cases with most wrong lesion voxels, the worst first. */
  public Table worst(int most) {
    var id = StringColumn.create("case");
    var fp = LongColumn.create("FP");
    var fn = LongColumn.create("FN");
    var tp = LongColumn.create("TP");
    var dice = DoubleColumn.create("Dice");
    mined.caseIds().stream()
        .sorted(Comparator.comparingLong(this::wrong).reversed())
        .limit(most)
        .forEach(
            c -> {
              Confusion count = count(mined.mask(Structure.LESION, c));
              id.append(c);
              fp.append(count.fp());
              fn.append(count.fn());
              tp.append(count.tp());
              dice.append(count.dice());
            });
    return Table.create("lesions, the worst cases", id, fp, fn, tp, dice);
  }

  private long wrong(String caseId) {
    Confusion count = count(mined.mask(Structure.LESION, caseId));
    return count.fp() + count.fn();
  }

  private static Confusion count(Mask errors) {
    return new Confusion(
        errors.count(ErrorMask.TN),
        errors.count(ErrorMask.FP),
        errors.count(ErrorMask.FN),
        errors.count(ErrorMask.TP));
  }

  /**
   * A slice with its lesion errors: false negatives red, false positives green, true positives
   * black (Fig. 1).
   *
   * @param caseId a training case, such as {@code volume-3}
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
    Mask errors = mined.mask(Structure.LESION, caseId);
    return Figures.overlay(s.scan(c), Structure.LESION.label(), errors, s.zoom(), s.colors());
  }

  private String worstCase() {
    return worst(1).stringColumn("case").get(0);
  }

  private int worstSlice(String caseId, Plane plane) {
    return plane.fullest(
        mined.mask(Structure.LESION, caseId), e -> e == ErrorMask.FP || e == ErrorMask.FN);
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
    Mask errors = mined.mask(Structure.LESION, caseId);
    return Figures.mining(s.scan(c), Structure.LESION.label(), errors, s.zoom(), s.colors());
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
    Mask errors = mined.mask(Structure.LESION, caseId);
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
    return Views.stack(table(), worst(5), strip(worst, worstSlice(worst, Plane.AXIAL)));
  }

  @Override
  public String toString() {
    return "Errors(" + mined.run().id() + ")";
  }
}
