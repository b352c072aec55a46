package org.maskmine.dsl;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maskmine.UserError;
import org.maskmine.data.Case;
import org.maskmine.data.DataProblem;
import org.maskmine.data.Dataset;
import org.maskmine.data.Part;
import org.maskmine.data.Structure;
import org.maskmine.dsl.figure.Figures;
import org.maskmine.dsl.figure.Picture;
import org.maskmine.dsl.figure.PictureOption;
import org.maskmine.dsl.figure.SliceViewer;
import org.maskmine.dsl.figure.ViewedCase;
import org.maskmine.dsl.view.View;
import org.maskmine.dsl.view.Viewable;
import org.maskmine.dsl.view.Views;
import org.maskmine.volume.Components;
import org.maskmine.volume.Connectivity;
import org.maskmine.volume.Mask;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Labelled CT volumes with their split. */
public final class Data implements Viewable {
  private final Dataset dataset;

  Data(Dataset dataset) {
    this.dataset = dataset;
  }

  static Data required(@Nullable Data data, String verb) {
    if (data == null) {
      throw new UserError(verb + "(null): there is no data; load some first: load(\"phantom\")");
    }
    return data;
  }

  Dataset dataset() {
    return dataset;
  }

  /** A row per part: cases, voxels and lesions. */
  public Table table() {
    var part = StringColumn.create("part");
    var cases = IntColumn.create("cases");
    var size = StringColumn.create("voxels of a case");
    var spacing = StringColumn.create("spacing, mm");
    var liver = IntColumn.create("liver voxels");
    var lesion = IntColumn.create("lesion voxels");
    var lesions = IntColumn.create("lesions");
    for (Part p : Part.values()) {
      List<Case> of = dataset.of(p);
      part.append(p.label());
      cases.append(of.size());
      size.append(of.isEmpty() ? "–" : of.get(0).geometry().size());
      spacing.append(of.isEmpty() ? "–" : spacing(of.get(0)));
      liver.append(voxels(of, Structure.LIVER));
      lesion.append(voxels(of, Structure.LESION));
      lesions.append(of.stream().mapToInt(Data::lesions).sum());
    }
    return Table.create(dataset.name(), part, cases, size, spacing, liver, lesion, lesions);
  }

  private static String spacing(Case c) {
    var s = c.geometry().spacing();
    return String.format(java.util.Locale.ROOT, "%.2f × %.2f × %.2f", s.xMm(), s.yMm(), s.zMm());
  }

  private static int voxels(List<Case> cases, Structure structure) {
    return cases.stream().mapToInt(c -> c.truth(structure).map(m -> m.count(1)).orElse(0)).sum();
  }

  private static int lesions(Case c) {
    return c.truth(Structure.LESION)
        .map(m -> Components.label(m, Connectivity.CORNERS).count())
        .orElse(0);
  }

  /**
   * One slice with its liver and lesions.
   *
   * @param caseId such as {@code volume-3}
   * @param slice from 0
   * @param options {@link Maskmine#AXIAL}, {@link Maskmine#CORONAL} or {@link Maskmine#SAGITTAL}
   * @throws UserError where there is no such case or slice
   */
  public Picture picture(String caseId, int slice, PictureOption... options) {
    return picture(caseId, Slices.of(slice, options));
  }

  /**
   * Several slices of a case beside one another, as {@link #picture(String, int,
   * PictureOption...)}.
   */
  public Picture picture(String caseId, SliceRange slices, PictureOption... options) {
    return picture(caseId, Slices.of(slices.all(), options));
  }

  private Picture picture(String caseId, Slices slices) {
    Case c = dataset.find(caseId);
    Mask labels = c.labels().orElseGet(() -> Mask.empty(c.geometry()));
    return Figures.thumbnails(List.of(slices.scan(c)), List.of(labels));
  }

  /** The test cases, for {@code predict}. */
  public Scans test() {
    return new Scans("test cases of " + dataset.name(), dataset.of(Part.TEST));
  }

  /**
   * A case to walk through in the cell: slice, plane, window, opacity, layers.
   *
   * @throws UserError where there is no such case
   */
  public SliceViewer viewer(String caseId) {
    return new SliceViewer(List.of(viewed(dataset.find(caseId))));
  }

  /** Every case to walk through in the cell, one at a time. */
  public SliceViewer viewer() {
    return new SliceViewer(dataset.cases().parallelStream().map(Data::viewed).toList());
  }

  private static ViewedCase viewed(Case c) {
    Mask labels = c.labels().orElseGet(() -> Mask.empty(c.geometry()));
    return new ViewedCase(
        c.id(), c.image(), labels.where(l -> l > 0), List.of(ViewedCase.Layer.truth(labels)));
  }

  /** Findings about single cases. */
  public List<String> problems() {
    return dataset.problems().stream().map(DataProblem::sentence).toList();
  }

  @Override
  public View view() {
    List<Case> shown =
        Arrays.stream(Part.values()).flatMap(p -> dataset.of(p).stream().limit(2)).toList();
    Picture picture =
        Figures.thumbnails(
            shown.stream().map(c -> Slices.of(fullest(c)).scan(c)).toList(),
            shown.stream().map(c -> c.labels().orElseGet(() -> Mask.empty(c.geometry()))).toList());
    return dataset.problems().isEmpty()
        ? Views.stack(table(), picture)
        : Views.stack(table(), "Left out: " + String.join("; ", problems()), picture);
  }

  private static int fullest(Case c) {
    return c.truth(Structure.LESION).map(Slices::fullest).orElse(c.geometry().nz() / 2);
  }

  @Override
  public String toString() {
    return "Data(" + dataset.name() + ", " + dataset.cases().size() + " cases)";
  }
}
