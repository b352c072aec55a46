package org.maskmine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
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

  @TempDir Path home;

  private Path folder() {
    return home.resolve("LiTS");
  }

  /** Air around a liver whose Hounsfield units differ from name to name. */
  private void image(String name) {
    float[] hu = new float[GRID.voxels()];
    Arrays.fill(hu, 0, 6, -1000);
    Arrays.fill(hu, 6, 12, 90 + name.hashCode() % 1000 / 20f);
    Nifti.write(folder().resolve(name), new Volume(GRID, hu));
  }

  /** Six voxels of liver with two of lesion. */
  private static Mask liver(Geometry grid) {
    var mask = Mask.empty(grid);
    Arrays.fill(mask.values(), 6, 12, (byte) 1);
    Arrays.fill(mask.values(), 8, 10, (byte) 2);
    return mask;
  }

  private void labels(String name) {
    Nifti.write(folder().resolve(name), liver(GRID));
  }

  private void cases(int n) {
    for (int i = 0; i < n; i++) {
      image("volume-" + i + ".nii.gz");
      labels("segmentation-" + i + ".nii");
    }
  }

  private Dataset open() {
    return open(Source.of(folder()));
  }

  private Dataset open(Source source) {
    return Datasets.open(source, home.resolve("known"), Progress.NONE);
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
  void a_split_holds_out_labelled_cases_as_a_test_set_and_another_seed_holds_out_others() {
    cases(20);
    image("test-volume-0.nii");
    Split split = open(Source.of(folder()).split(new SplitRule(0.15, 0.2, 0))).split();
    assertThat(split.training()).hasSize(13);
    assertThat(split.validation()).isEqualTo(open().split().validation()).hasSize(3);
    assertThat(split.test()).hasSize(5).endsWith("test-volume-0");
    assertThat(Stream.of(split.training(), split.validation(), split.test()).flatMap(List::stream))
        .doesNotHaveDuplicates()
        .hasSize(21);
    Split other = open(Source.of(folder()).split(new SplitRule(0.15, 0.2, 1))).split();
    assertThat(other.validation()).isNotEqualTo(split.validation());
  }

  @Test
  void a_written_split_counts_unless_another_is_asked_for() throws IOException {
    cases(4);
    Split written =
        new Split(List.of("volume-2"), List.of("volume-0"), List.of("volume-1", "volume-9"));
    SplitFile.write(folder(), written);
    Dataset data = open();
    assertThat(data.split())
        .isEqualTo(new Split(List.of("volume-2"), List.of("volume-0"), List.of("volume-1")));
    assertThat(data.problems())
        .extracting(DataProblem::sentence)
        .containsExactly(
            "volume-3: a case that split.json does not name: each case belongs to training,"
                + " validation or test; it is not used; add it to split.json or delete that file");
    assertThat(open(Source.of(folder()).split(SplitRule.PAPER)).split().training()).hasSize(3);
  }

  @Test
  void opens_the_same_folder_with_the_same_split_and_fingerprint() {
    cases(9);
    Dataset first = open();
    assertThat(open().split()).isEqualTo(first.split());
    assertThat(open().fingerprint()).isEqualTo(first.fingerprint()).matches("[0-9a-f]{64}");
  }

  @Test
  void the_fingerprint_is_of_the_voxels_not_of_their_compression() throws IOException {
    cases(3);
    String before = open().fingerprint();
    Volume plain = Nifti.readVolume(folder().resolve("volume-1.nii.gz"));
    Nifti.write(folder().resolve("volume-1.nii"), plain);
    Files.delete(folder().resolve("volume-1.nii.gz"));
    assertThat(open().fingerprint()).isEqualTo(before);
    var changed = liver(GRID);
    changed.values()[11] = 2;
    Nifti.write(folder().resolve("segmentation-1.nii"), changed);
    assertThat(open().fingerprint()).isNotEqualTo(before);
  }

  @Test
  void a_folder_is_looked_at_once_and_known_again_while_its_files_stay_as_they_were()
      throws IOException {
    cases(3);
    Instant earlier = Instant.now().minusSeconds(60);
    for (Path file : Listing.below(folder(), 1)) {
      Files.setLastModifiedTime(file, FileTime.from(earlier));
    }
    String fingerprint = open().fingerprint();

    // Other voxels behind the same size and time can only go unnoticed where nobody reads them.
    Path labels = folder().resolve("segmentation-1.nii");
    byte[] bytes = Files.readAllBytes(labels);
    bytes[bytes.length - 1] = 2;
    Files.write(labels, bytes);
    Files.setLastModifiedTime(labels, FileTime.from(earlier));
    assertThat(open().fingerprint()).isEqualTo(fingerprint);

    Files.setLastModifiedTime(labels, FileTime.from(earlier.plusSeconds(1)));
    assertThat(open().fingerprint()).isNotEqualTo(fingerprint);
  }

  @Test
  void a_case_that_changed_since_it_was_loaded_is_not_mixed_with_what_is_known_of_it() {
    cases(3);
    Case found = open().find("volume-1");
    Path file = folder().resolve("volume-1.nii.gz");
    Nifti.write(
        file, new Volume(Geometry.of(1, 1, 2, new Spacing(1, 1, 1)), new float[] {-1000, 50}));
    assertThatThrownBy(found::image)
        .isInstanceOf(UserError.class)
        .hasMessage(
            file
                + ": now holds 1×1×2 voxels and held 3×2×2 when it was loaded; load the data again");
  }

  @Test
  void refuses_a_folder_where_nothing_is_left_and_repeats_the_first_problem() {
    image("volume-0.nii");
    Nifti.write(
        folder().resolve("segmentation-0.nii"),
        Mask.empty(Geometry.of(1, 1, 1, new Spacing(1, 1, 1))));
    assertThatThrownBy(this::open)
        .isInstanceOf(UserError.class)
        .hasMessage(
            folder()
                + ": no case can be used: volume-0: labels of 1×1×1 voxels: must have 3×2×2 as the"
                + " image; check that both files belong to the same case");
  }

  @Test
  void refuses_a_missing_folder() {
    assertThatThrownBy(this::open)
        .isInstanceOf(UserError.class)
        .hasMessage(
            "\""
                + folder()
                + "\": there is no such folder or file; give a folder in the layout of LiTS or of"
                + " the Medical Segmentation Decathlon, one scan, or \"phantom\"");
  }

  @Test
  void refuses_a_folder_of_unknown_names_and_says_which_are_known() throws IOException {
    Files.createDirectories(folder());
    Files.createFile(folder().resolve("notes.txt"));
    assertThatThrownBy(this::open)
        .isInstanceOf(UserError.class)
        .hasMessage(
            "\""
                + folder()
                + "\": holds no files that are known by their names; name images volume-0.nii.gz,"
                + " volume-1.nii.gz … and their labels segmentation-0.nii.gz …, or give a folder"
                + " with dataset.json and imagesTr, one of DICOM slices, or a single .nii.gz file");
  }

  @Test
  void the_phantom_is_written_once_and_found_again() throws IOException {
    var options = new Phantom.Options(3, 2, 1, 1);
    Dataset drawn = Datasets.phantom(home, options, Progress.NONE);
    Path file = Path.of(drawn.source().paths().get(0)).resolve("volume-0.nii.gz");
    var written = Files.getLastModifiedTime(file);
    Dataset found = Datasets.phantom(home, options, Progress.NONE);
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(written);
    assertThat(found.fingerprint()).isEqualTo(drawn.fingerprint());
    assertThat(found.problems()).isEmpty();
    assertThat(found.split())
        .isEqualTo(
            new Split(List.of("volume-0", "volume-1"), List.of("volume-2"), List.of("volume-3")));
    assertThat(found.find("volume-1").image().values())
        .isEqualTo(Phantom.draw(3 * 100_003 + 1, Phantom.Site.B).image().values());
  }

  @Test
  void a_phantom_that_is_interrupted_says_so_and_is_drawn_again() {
    var options = new Phantom.Options(3, 2, 1, 1);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> Datasets.phantom(home, options, Progress.NONE))
        .isInstanceOf(CancellationException.class)
        .hasMessage("interrupted while drawing the phantom");
    assertThat(Datasets.phantom(home, options, Progress.NONE).cases()).hasSize(4);
  }

  @Test
  void a_cancelled_phantom_leaves_nothing_behind() throws IOException {
    Progress stop =
        (activity, done, total, note) -> {
          throw new CancellationException();
        };
    assertThatThrownBy(() -> Datasets.phantom(home, new Phantom.Options(3, 1, 1, 0), stop))
        .isInstanceOf(CancellationException.class);
    try (Stream<Path> left = Files.list(home)) {
      assertThat(left).isEmpty();
    }
  }
}
