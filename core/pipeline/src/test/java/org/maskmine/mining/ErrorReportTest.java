package org.maskmine.mining;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maskmine.data.Anatomy;
import org.maskmine.data.Case;
import org.maskmine.data.Dataset;
import org.maskmine.data.Part;
import org.maskmine.data.Structure;
import org.maskmine.data.TinyPhantom;
import org.maskmine.scoring.Detection;
import org.maskmine.training.RunStore;
import org.maskmine.training.StoredRuns;
import org.maskmine.volume.Mask;

/** Errors painted by hand onto a phantom's case. */
class ErrorReportTest {
  @TempDir private Path folder;

  private final Dataset data = TinyPhantom.load();
  private final Case first = data.of(Part.TRAINING).get(0);

  @Test
  void false_alarms_are_counted_where_they_lie() {
    Mask truth = first.truth(Structure.LESION).orElseThrow();
    Mask anatomy = Anatomy.read(data, first.id()).orElseThrow();
    Mask predicted = Mask.empty(truth.geometry());
    int stomach = paint(predicted, anatomy, Anatomy.STOMACH, 7);
    int bladder = paint(predicted, anatomy, Anatomy.GALLBLADDER, 4);
    int beside = besideFirstLesion(truth);
    predicted.values()[beside] = 1;

    ErrorReport report = new ErrorReport(mined(ErrorMask.of(predicted, truth)));

    assertThat(List.of(stomach, bladder)).containsExactly(7, 4);
    assertThat(report.falsePositives(Structure.LESION))
        .isEqualTo(Map.of("stomach", 7L, "gallbladder", 4L, "boundary", 1L));
    assertThat(report.falsePositives(Structure.LESION).keySet())
        .containsExactly("stomach", "gallbladder", "boundary");
  }

  @Test
  void the_slices_with_most_wrong_voxels_come_first() {
    Mask truth = first.truth(Structure.LESION).orElseThrow();
    Mask errors = Mask.empty(truth.geometry());
    int pixels = truth.geometry().nx() * truth.geometry().ny();
    errors.values()[3 * pixels] = ErrorMask.FP;
    errors.values()[5 * pixels] = ErrorMask.FN;
    errors.values()[5 * pixels + 1] = ErrorMask.FP;
    errors.values()[6 * pixels] = ErrorMask.TP;

    assertThat(new ErrorReport(mined(errors)).slices(Structure.LESION))
        .containsExactly(
            new ErrorReport.SliceErrors(first.id(), 5, 1, 1),
            new ErrorReport.SliceErrors(first.id(), 3, 1, 0));
  }

  @Test
  void every_true_lesion_is_found_where_one_voxel_of_it_is() {
    Mask truth = first.truth(Structure.LESION).orElseThrow();
    Mask predicted = Mask.empty(truth.geometry());
    predicted.values()[firstSet(truth)] = 1;

    Detection lesions =
        new ErrorReport(mined(ErrorMask.of(predicted, truth)))
            .lesions()
            .getOrDefault(first.id(), Detection.NONE);

    assertThat(lesions.found(0)).isEqualTo(1);
    assertThat(lesions.found(0) + lesions.missed(0)).isEqualTo(lesions.truths().size());
    assertThat(lesions.truths().stream().mapToInt(l -> l.voxels()).sum()).isEqualTo(truth.count(1));
  }

  private MinedErrors mined(Mask errors) {
    var mined =
        new MinedErrors(StoredRuns.in(folder.resolve("base-1")), data, new RunStore(folder));
    mined.add(Structure.LESION, first.id(), errors);
    return mined;
  }

  /** Paints voxels of a part that lie far from every lesion. */
  private int paint(Mask predicted, Mask anatomy, Anatomy part, int most) {
    Mask near =
        org.maskmine.volume.Morphology.dilate(first.truth(Structure.LESION).orElseThrow(), 2);
    int painted = 0;
    for (int i = 0; i < anatomy.values().length && painted < most; i++) {
      if (anatomy.values()[i] == part.ordinal() && near.values()[i] == 0) {
        predicted.values()[i] = 1;
        painted++;
      }
    }
    return painted;
  }

  private static int besideFirstLesion(Mask truth) {
    return firstSet(truth) - 1;
  }

  private static int firstSet(Mask mask) {
    int i = 0;
    while (mask.values()[i] == 0) {
      i++;
    }
    return i;
  }
}
