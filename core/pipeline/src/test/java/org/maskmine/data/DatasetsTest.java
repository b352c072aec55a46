package org.maskmine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maskmine.Progress;
import org.maskmine.UserError;
import org.maskmine.volume.Geometry;
import org.maskmine.volume.Mask;
import org.maskmine.volume.Nifti;
import org.maskmine.volume.Spacing;
import org.maskmine.volume.Volume;

class DatasetsTest {
  private static final Geometry GRID = Geometry.of(3, 2, 2, new Spacing(1, 1, 2));

  @TempDir Path folder;

  private void image(String name) {
    float[] hu = new float[GRID.voxels()];
    Arrays.fill(hu, name.hashCode() % 100);
    Nifti.write(folder.resolve(name), new Volume(GRID, hu));
  }

  private void labels(String name, Geometry grid) {
    Nifti.write(folder.resolve(name), Mask.empty(grid));
  }

  private void cases(int n) {
    for (int i = 0; i < n; i++) {
      image("volume-" + i + ".nii.gz");
      labels("segmentation-" + i + ".nii", GRID);
    }
  }

  private Dataset open() {
    return Datasets.open(folder, Progress.NONE);
  }

  @Test
  void opens_a_folder_with_LiTS_names_in_natural_order_and_holds_out_15_percent() {
    cases(20);
    image("test-volume-4.nii");
    Dataset data = open();
    assertThat(data.cases()).hasSize(21);
    assertThat(data.cases().get(10).id()).isEqualTo("volume-10");
    assertThat(data.split().training()).hasSize(17);
    assertThat(data.split().validation()).hasSize(3);
    assertThat(data.split().test()).containsExactly("test-volume-4");
    assertThat(data.find("test-volume-4").labels()).isEmpty();
    assertThat(data.find("volume-3").labels()).isPresent();
    assertThat(data.problems()).isEmpty();
  }

  @Test
  void opens_the_same_folder_with_the_same_split_and_fingerprint() {
    cases(9);
    Dataset first = open();
    assertThat(open().split()).isEqualTo(first.split());
    assertThat(open().fingerprint()).isEqualTo(first.fingerprint()).matches("[0-9a-f]{64}");
  }

  @Test
  void another_voxel_gives_another_fingerprint() {
    cases(3);
    String before = open().fingerprint();
    var changed = Mask.empty(GRID);
    changed.values()[5] = 1;
    Nifti.write(folder.resolve("segmentation-1.nii"), changed);
    assertThat(open().fingerprint()).isNotEqualTo(before);
  }

  @Test
  void collects_every_problem_and_uses_the_sound_cases() throws IOException {
    cases(4);
    labels("segmentation-1.nii", Geometry.of(3, 2, 5, new Spacing(1, 1, 2)));
    Path truncated = folder.resolve("volume-2.nii.gz");
    Files.write(truncated, Arrays.copyOf(Files.readAllBytes(truncated), 60));
    image("volume-3.nii");
    Dataset data = open();
    assertThat(data.cases()).extracting(Case::id).containsExactly("volume-0", "volume-3");
    assertThat(data.problems())
        .extracting(DataProblem::sentence)
        .containsExactlyInAnyOrder(
            "labels of volume-1 have 3×2×5 voxels: must have 3×2×2 as its image; check that both"
                + " files belong to the same case",
            truncated + ": ends in the middle: the file is truncated; copy or download it again",
            folder.resolve("volume-3.nii")
                + " is ignored: another file already is volume-3; delete one or give it a number"
                + " of its own");
  }

  @Test
  void refuses_a_folder_where_nothing_is_left_and_repeats_the_first_problem() {
    image("volume-0.nii");
    labels("segmentation-0.nii", Geometry.of(1, 1, 1, new Spacing(1, 1, 1)));
    assertThatThrownBy(this::open)
        .isInstanceOf(UserError.class)
        .hasMessage(
            folder
                + ": no labelled case can be used: labels of volume-0 have 1×1×1 voxels: must have"
                + " 3×2×2 as its image; check that both files belong to the same case");
  }

  @Test
  void refuses_a_missing_folder() {
    Path missing = folder.resolve("LiTS");
    assertThatThrownBy(() -> Datasets.open(missing, Progress.NONE))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "\""
                + missing
                + "\": there is no such folder; give a folder with volume-N.nii[.gz] files, or"
                + " \"phantom\"");
  }

  @Test
  void refuses_a_folder_without_LiTS_names_and_says_which_are_expected() throws IOException {
    Files.createFile(folder.resolve("scan.nii"));
    assertThatThrownBy(this::open)
        .isInstanceOf(UserError.class)
        .hasMessage(
            "\""
                + folder
                + "\": holds no volume-N.nii[.gz] files; name images volume-0.nii.gz,"
                + " volume-1.nii.gz … and their labels segmentation-0.nii.gz …");
  }

  @Test
  void the_phantom_is_written_once_and_found_again() throws IOException {
    var options = new Phantom.Options(3, 2, 1, 1);
    Dataset drawn = Datasets.phantom(folder, options, Progress.NONE);
    Path file = drawn.folder().resolve("volume-0.nii.gz");
    var written = Files.getLastModifiedTime(file);
    Dataset found = Datasets.phantom(folder, options, Progress.NONE);
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(written);
    assertThat(found.fingerprint()).isEqualTo(drawn.fingerprint());
    assertThat(found.split())
        .isEqualTo(
            new Split(List.of("volume-0", "volume-1"), List.of("volume-2"), List.of("volume-3")));
    assertThat(found.find("volume-1").image().values())
        .isEqualTo(Phantom.draw(3 * 100_003 + 1, Phantom.Site.B).image().values());
  }

  @Test
  void a_cancelled_phantom_leaves_nothing_behind() throws IOException {
    Progress stop =
        (activity, done, total, note) -> {
          throw new CancellationException();
        };
    assertThatThrownBy(() -> Datasets.phantom(folder, new Phantom.Options(3, 1, 1, 0), stop))
        .isInstanceOf(CancellationException.class);
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }
}
