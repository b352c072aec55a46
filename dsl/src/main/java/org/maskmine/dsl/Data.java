package org.maskmine.dsl;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import org.maskmine.UserError;
import org.maskmine.data.Case;
import org.maskmine.data.CaseFacts.LabelFacts;
import org.maskmine.data.DataProblem;
import org.maskmine.data.Dataset;
import org.maskmine.data.HuHistogram;
import org.maskmine.data.Part;
import org.maskmine.dsl.figure.Chart;
import org.maskmine.dsl.figure.Column;
import org.maskmine.dsl.figure.Figures;
import org.maskmine.dsl.figure.PartFacts;
import org.maskmine.dsl.figure.Picture;
import org.maskmine.dsl.figure.PictureOption;
import org.maskmine.dsl.figure.SliceViewer;
import org.maskmine.dsl.figure.ViewedCase;
import org.maskmine.dsl.view.View;
import org.maskmine.dsl.view.Viewable;
import org.maskmine.dsl.view.Views;
import org.maskmine.volume.Mask;
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

  /** The folder that holds the images and their labels; the first where there are several. */
  public Path folder() {
    return Path.of(dataset.source().paths().get(0));
  }

  /** A row per part: cases, voxels and lesions. */
  public Table table() {
    return new Fingerprint(dataset).parts();
  }

  /**
   * A row per case: grid and spacing, volumes of liver and lesions in millilitres, number of
   * lesions (connected by faces, as LiTS counts them), what share of the liver and of the box
   * around it they fill, and percentiles of the Hounsfield units inside the liver (outside its
   * lesions) and inside the lesions.
   */
  public Table fingerprint() {
    return new Fingerprint(dataset).cases();
  }

  /** How Hounsfield units are spread over liver and lesions of the training cases. */
  public Chart histogram() {
    return new Fingerprint(dataset).histogram();
  }

  /** Which case belongs to which part; {@code split.json} in the data's folder fixes it. */
  public Table split() {
    var id = StringColumn.create("case");
    var part = StringColumn.create("part");
    for (Part p : Part.values()) {
      for (Case c : dataset.of(p)) {
        id.append(c.id());
        part.append(p.label());
      }
    }
    return Table.create("split of " + dataset.name(), id, part);
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

  /**
   * Hounsfield units of liver and lesions, and the lesions' diameters, of the labelled cases, part
   * by part: where a test set is shifted, it shows.
   */
  public Column plot() {
    List<PartFacts> parts = Arrays.stream(Part.values()).map(this::facts).toList();
    return Figures.fingerprint(
        "Hounsfield units of " + dataset.name(),
        parts.stream().filter(p -> p.liverHu().total() > 0).toList());
  }

  private PartFacts facts(Part part) {
    var liver = HuHistogram.EMPTY;
    var lesion = HuHistogram.EMPTY;
    var diameters = DoubleStream.builder();
    for (Case c : dataset.of(part)) {
      var labels = c.facts().labels();
      if (labels != null) {
        liver = liver.plus(labels.liverHu());
        lesion = lesion.plus(labels.lesionHu());
        double voxelMm3 = c.geometry().spacing().voxelMm3();
        labels
            .lesionSizes()
            .forEach(voxels -> diameters.add(Math.cbrt(6 / Math.PI * voxels * voxelMm3)));
      }
    }
    return new PartFacts(part.label(), liver, lesion, diameters.build().toArray());
  }

  /** Findings about single cases: what was found, what was expected, what to do. */
  public Table problems() {
    var id = StringColumn.create("case");
    var found = StringColumn.create("found");
    var expected = StringColumn.create("expected");
    var remedy = StringColumn.create("remedy");
    var use = StringColumn.create("the case is");
    for (DataProblem problem : dataset.problems()) {
      id.append(problem.caseId());
      found.append(problem.found());
      expected.append(problem.expected());
      remedy.append(problem.remedy());
      use.append(problem.leavesOut() ? "left out" : "used");
    }
    return Table.create("problems of " + dataset.name(), id, found, expected, remedy, use);
  }

  @Override
  public View view() {
    List<Case> shown =
        Arrays.stream(Part.values()).flatMap(p -> dataset.of(p).stream().limit(2)).toList();
    Picture picture =
        Figures.thumbnails(
            shown.stream().map(c -> Slices.of(fullest(c)).scan(c)).toList(),
            shown.stream().map(c -> c.labels().orElseGet(() -> Mask.empty(c.geometry()))).toList());
    List<Object> parts = new ArrayList<>();
    parts.add(table());
    if (!dataset.problems().isEmpty()) {
      parts.add(problems());
    }
    new Fingerprint(dataset).warning().ifPresent(parts::add);
    parts.add(picture);
    return Views.stack(parts.toArray());
  }

  private static int fullest(Case c) {
    LabelFacts labels = c.facts().labels();
    return labels == null ? c.geometry().nz() / 2 : labels.fullestSlice();
  }

  @Override
  public String toString() {
    return "Data(" + dataset.name() + ", " + dataset.cases().size() + " cases)";
  }
}
