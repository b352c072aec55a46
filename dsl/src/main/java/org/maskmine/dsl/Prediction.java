package org.maskmine.dsl;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.maskmine.data.Structure;
import org.maskmine.dsl.figure.Figures;
import org.maskmine.dsl.figure.Picture;
import org.maskmine.dsl.view.View;
import org.maskmine.dsl.view.Viewable;
import org.maskmine.dsl.view.Views;
import org.maskmine.training.PredictedScan;
import org.maskmine.volume.Components;
import org.maskmine.volume.Connectivity;
import org.maskmine.volume.Mask;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** What a run says about one scan: liver and lesions. */
public final class Prediction implements Viewable {
  private final String run;
  private final PredictedScan predicted;

  Prediction(String run, PredictedScan predicted) {
    this.run = run;
    this.predicted = predicted;
  }

  /** The labels on the scan's grid: 0 background, 1 liver, 2 lesion. */
  public Mask labels() {
    return predicted.labels();
  }

  private Mask mask(Structure structure) {
    return labels().where(structure::holds);
  }

  /** A row per structure: parts (connected by faces), voxels and millilitres. */
  public Table table() {
    var structure = StringColumn.create("structure");
    var parts = IntColumn.create("parts");
    var voxels = IntColumn.create("voxels");
    var millilitres = DoubleColumn.create("ml");
    for (Structure s : Structure.values()) {
      Mask mask = mask(s);
      structure.append(s.label());
      parts.append(Components.label(mask, Connectivity.FACES).count());
      voxels.append(mask.count(1));
      millilitres.append(mask.count(1) * mask.geometry().spacing().voxelMm3() / 1000);
    }
    return Table.create(predicted.scan().id(), structure, parts, voxels, millilitres);
  }

  /**
   * One slice with its predicted liver and lesions.
   *
   * @param slice from 0
   * @throws org.maskmine.UserError where there is no such slice
   */
  public Picture picture(int slice) {
    return Figures.thumbnails(List.of(Slices.of(slice).scan(predicted.scan())), List.of(labels()));
  }

  /**
   * Writes the labels as a NIfTI file with the scan's geometry.
   *
   * @param file a name that ends in {@code .nii} or {@code .nii.gz}
   * @throws org.maskmine.UserError where it cannot be written
   */
  public Path save(String file) {
    Path path = Path.of(file);
    predicted.save(path);
    return path;
  }

  @Override
  public View view() {
    Mask lesion = mask(Structure.LESION);
    Mask shown = lesion.count(1) > 0 ? lesion : mask(Structure.LIVER);
    int slice = Slices.fullest(shown);
    return Views.stack(
        table(),
        String.format(
            Locale.ROOT,
            "Slice %d, predicted by %s. Keep the mask: .save(\"mask.nii.gz\"). %s.",
            slice,
            run,
            PredictedScan.NOTICE),
        picture(slice));
  }

  @Override
  public String toString() {
    return "Prediction(" + predicted.scan().id() + ", " + run + ")";
  }
}
