package org.maskmine.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maskmine.Progress;
import org.maskmine.volume.Affine;
import org.maskmine.volume.Geometry;
import org.maskmine.volume.Mask;
import org.maskmine.volume.Nifti;
import org.maskmine.volume.Spacing;
import org.maskmine.volume.Volume;

class ChecksTest {
  private static final Geometry GRID = Geometry.of(6, 5, 4, new Spacing(1, 1, 2));

  @TempDir Path folder;
  @TempDir Path known;

  private Path image(int n) {
    return folder.resolve("volume-" + n + ".nii.gz");
  }

  private Path labels(int n) {
    return folder.resolve("segmentation-" + n + ".nii");
  }

  /** Air, and in the upper half a liver at about 100 HU that differs from case to case. */
  private static Volume hu(int n) {
    var random = new SplittableRandom(n);
    float[] hu = new float[GRID.voxels()];
    Arrays.fill(hu, 0, 60, -1000);
    for (int i = 60; i < hu.length; i++) {
      hu[i] = 100 + random.nextInt(-20, 20);
    }
    return new Volume(GRID, hu);
  }

  private static Mask mask(Geometry grid) {
    var mask = Mask.empty(grid);
    Arrays.fill(mask.values(), mask.values().length / 2, mask.values().length, (byte) 1);
    return mask;
  }

  private void sound(int n) {
    Nifti.write(image(n), hu(n));
    Nifti.write(labels(n), mask(GRID));
  }

  private void labelled(int n, Mask labels) {
    Nifti.write(image(n), hu(n));
    Nifti.write(labels(n), labels);
  }

  private void unlike(int n, Geometry grid) {
    labelled(n, mask(grid));
  }

  private void write() throws IOException {
    for (int n : new int[] {0, 6, 7, 8, 9, 10, 11, 12, 13, 14}) {
      sound(n);
    }
    unlike(1, Geometry.of(6, 5, 3, GRID.spacing()));
    unlike(2, Geometry.of(6, 5, 4, new Spacing(1, 1, 3)));
    unlike(3, new Geometry(6, 5, 4, new Affine(-1, 0, 0, 5, 0, 1, 0, 0, 0, 0, 2, 0)));
    Mask odd = mask(GRID);
    odd.values()[119] = 7;
    labelled(4, odd);
    labelled(5, Mask.empty(GRID));
    float[] grey = hu(6).values();
    for (int i = 0; i < grey.length; i++) {
      grey[i] = Math.max(0, grey[i]);
    }
    Nifti.write(image(6), new Volume(GRID, grey));
    Files.copy(image(0), image(7), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    byte[] whole = Files.readAllBytes(image(8));
    Files.write(image(8), Arrays.copyOf(whole, whole.length / 2));
    Files.delete(image(9));
    Files.createDirectory(image(9));
    Files.write(image(10), new byte[0]);
    Files.write(image(11), "no gzip at all".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    Mask stray = Mask.empty(GRID);
    Arrays.fill(stray.values(), 90, 120, (byte) 1);
    stray.values()[0] = 2;
    Nifti.write(labels(12), stray);
    float[] holes = hu(13).values();
    Arrays.fill(holes, 0, 3, Float.NaN);
    Nifti.write(image(13), new Volume(GRID, holes));
    Files.delete(labels(14));
    Mask air = Mask.empty(GRID);
    Arrays.fill(air.values(), 0, 30, (byte) 1);
    labelled(15, air);
    Nifti.write(labels(99), mask(GRID));
  }

  @Test
  void every_problem_is_found_at_once_and_the_sound_cases_are_used() throws IOException {
    write();
    Dataset data = Datasets.open(Source.of(folder), known, Progress.NONE);
    assertThat(data.cases())
        .extracting(Case::id)
        .containsExactly("volume-0", "volume-12", "volume-13", "volume-14");
    String same = "check that both files belong to the same case";
    assertThat(data.problems())
        .extracting(DataProblem::sentence)
        .containsExactly(
            "volume-99: labels "
                + labels(99)
                + " without an image: labels belong to an image of the same name; add the image or"
                + " delete the labels",
            "volume-1: labels of 6×5×3 voxels: must have 6×5×4 as the image; " + same,
            "volume-2: labels with voxels of 1.00 × 1.00 × 3.00 mm: must be 1.00 × 1.00 × 2.00 mm"
                + " as in the image; "
                + same
                + ", then copy the image's header",
            "volume-3: labels up to 5.0 mm away from the image or turned against it: must lie on"
                + " the image's voxels; "
                + same
                + ", then copy the image's header",
            "volume-4: label values 7: must be 0, 1, 2; name the values that count: load(…,"
                + " labels(liver(…), lesion(…)))",
            "volume-5: labels without a liver voxel, only 0: must hold a liver; check the label"
                + " file, or name its values: load(…, labels(liver(…)))",
            "volume-6: image values from 0.0 to 119.0: CT in Hounsfield units, where air is -1000"
                + " and water 0; export the scan without normalisation, and check scl_slope and"
                + " scl_inter in the header",
            "volume-7: the same image as volume-0: each scan must stand in one part of the split"
                + " alone; delete one of them",
            image(8) + ": ends in the middle: the file is truncated; copy or download it again",
            image(9) + ": is a folder, not a NIfTI file; name one .nii or .nii.gz file in it",
            image(10)
                + ": does not begin as gzip: a name ending in .gz promises a compressed file;"
                + " rename it to .nii if it is plain NIfTI, else copy or download it again",
            image(11)
                + ": does not begin as gzip: a name ending in .gz promises a compressed file;"
                + " rename it to .nii if it is plain NIfTI, else copy or download it again",
            "volume-12: 1 of the lesions' pieces outside the liver: lesions lie in or at the liver;"
                + " they are used as liver and lesion; correct the labels if they are not",
            "volume-13: 3 voxels without a finite value: a number in every voxel; they count as"
                + " air; export the scan again if they are not outside the field of view",
            "volume-15: a median of -1000 HU inside the liver: livers have -50 to 250; check that"
                + " image and labels belong to the same case and that the image holds Hounsfield"
                + " units",
            "volume-14: an image without labels: training and validation need labels; it is kept in"
                + " the test set; add its labels to train on it");
    assertThat(data.problems().stream().filter(p -> !p.leavesOut()).map(DataProblem::caseId))
        .containsExactly("volume-12", "volume-13", "volume-14");
  }

  @Test
  void labels_that_mean_nothing_are_background_where_the_values_were_named() throws IOException {
    write();
    var named = new LabelMap(java.util.List.of(1), java.util.List.of(7), false);
    Dataset data = Datasets.open(Source.of(folder).labels(named), known, Progress.NONE);
    Case c = data.find("volume-4");
    assertThat(c.labels().orElseThrow().count(2)).isEqualTo(1);
    assertThat(c.labels().orElseThrow().count(1)).isEqualTo(59);
  }

  @Test
  void percentiles_of_a_hand_count() {
    var counter = new HuHistogram.Counter();
    for (float hu : new float[] {10, 20, 20.4f, 30, -5}) {
      counter.add(hu);
    }
    HuHistogram histogram = counter.histogram();
    assertThat(histogram.total()).isEqualTo(5);
    assertThat(histogram.percentile(50)).isEqualTo(20);
    assertThat(histogram.percentile(100)).isEqualTo(30);
    assertThat(histogram.percentile(12.5)).isEqualTo(2.5);
    HuHistogram sum = histogram.plus(new HuHistogram(40, new int[] {2}));
    assertThat(sum.total()).isEqualTo(7);
    assertThat(sum.at(40)).isEqualTo(2);
    assertThat(sum.at(20)).isEqualTo(2);
    assertThat(HuHistogram.EMPTY.percentile(50)).isNaN();
  }
}
