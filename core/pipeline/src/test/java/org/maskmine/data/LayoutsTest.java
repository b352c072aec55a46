package org.maskmine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.Gson;
import com.google.gson.reflect.TypeToken;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maskmine.Progress;
import org.maskmine.UserError;
import org.maskmine.data.CaseFacts.LabelFacts;
import org.maskmine.volume.Affine;
import org.maskmine.volume.Volume;

/** Folders that nibabel and pydicom wrote: {@code src/test/python/datasets.py}. */
class LayoutsTest {
  private static final double[] PERCENT = {0.5, 5, 50, 95, 99.5};

  @TempDir Path home;

  /** What numpy and scipy find in a case. */
  record Expected(
      double lowest,
      double highest,
      long liverVoxels,
      long lesionVoxels,
      int lesions,
      long box,
      int fullestSlice,
      double[] liverHu,
      double[] lesionHu) {}

  record Series(int[] size, double[] affine, float[] values) {}

  private static Path layout(String name) {
    try {
      var root = Objects.requireNonNull(LayoutsTest.class.getResource("layouts"));
      return Path.of(root.toURI()).resolve(name);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private Dataset open(String name) {
    return open(Source.of(layout(name)));
  }

  private Dataset open(Source source) {
    return Datasets.open(source, home.resolve("known"), Progress.NONE);
  }

  private static Expected expected(int seed) {
    try {
      Map<String, Expected> all =
          new Gson().fromJson(Files.readString(layout("facts.json")), new TypeToken<>() {});
      return Objects.requireNonNull(all.get(String.valueOf(seed)));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void assertHolds(Case c, Expected expected) {
    CaseFacts facts = c.facts();
    assertThat(facts.lowestHu()).isEqualTo(expected.lowest());
    assertThat(facts.highestHu()).isEqualTo(expected.highest());
    LabelFacts labels = Objects.requireNonNull(facts.labels());
    assertThat(labels.liverVoxels()).isEqualTo(expected.liverVoxels());
    assertThat(labels.lesionVoxels()).isEqualTo(expected.lesionVoxels());
    assertThat(labels.lesionSizes()).hasSize(expected.lesions());
    assertThat(labels.box()).isEqualTo(expected.box());
    assertThat(labels.fullestSlice()).isEqualTo(expected.fullestSlice());
    for (int i = 0; i < PERCENT.length; i++) {
      assertThat(labels.liverHu().percentile(PERCENT[i]))
          .isCloseTo(expected.liverHu()[i], within(1e-9));
      assertThat(labels.lesionHu().percentile(PERCENT[i]))
          .isCloseTo(expected.lesionHu()[i], within(1e-9));
    }
    assertThat(c.truth(Structure.LESION).orElseThrow().count(1))
        .isEqualTo((int) expected.lesionVoxels());
  }

  private static List<String> ids(Dataset data) {
    return data.cases().stream().map(Case::id).toList();
  }

  @Test
  void LiTS_is_read_from_its_batches_as_they_are_downloaded() {
    Dataset data = open("lits");
    assertThat(ids(data)).containsExactly("volume-0", "volume-2", "volume-10", "test-volume-7");
    assertThat(data.problems()).isEmpty();
    assertThat(data.split().test()).containsExactly("test-volume-7");
    for (int n : new int[] {0, 2, 10}) {
      assertHolds(data.find("volume-" + n), expected(n));
    }
  }

  @Test
  void batches_in_several_folders_are_one_data_set() {
    Path lits = layout("lits");
    Dataset data =
        open(
            Source.of(lits.resolve("batch 1"))
                .and(lits.resolve("batch 2"))
                .and(lits.resolve("masks")));
    assertThat(ids(data)).containsExactly("volume-0", "volume-2", "volume-10");
    assertHolds(data.find("volume-10"), expected(10));
  }

  @Test
  void the_Decathlon_is_read_by_its_description() {
    Dataset data = open("Task03_Liver");
    assertThat(ids(data)).containsExactly("liver_1", "liver_9", "liver_10", "liver_140");
    assertThat(data.problems()).isEmpty();
    assertThat(data.split().test()).containsExactly("liver_140");
    assertHolds(data.find("liver_9"), expected(9));
  }

  @Test
  void nnUNet_is_read_by_the_names_of_its_labels_and_keeps_labelled_test_cases() {
    Dataset data = open("Dataset011_Abdomen");
    assertThat(ids(data)).containsExactly("abd_004", "abd_005", "abd_006");
    assertThat(data.problems()).isEmpty();
    assertThat(data.split().test()).containsExactly("abd_006");
    for (int n : new int[] {4, 5, 6}) {
      assertHolds(data.find("abd_00" + n), expected(n));
    }
  }

  @Test
  void named_label_values_count_more_than_the_description() {
    var swapped = new LabelMap(List.of(1), List.of(3), false);
    Dataset data = open(Source.of(layout("Dataset011_Abdomen")).labels(swapped));
    LabelFacts labels = Objects.requireNonNull(data.find("abd_004").facts().labels());
    assertThat(labels.liverVoxels()).isEqualTo(expected(4).liverVoxels());
    assertThat(labels.lesionVoxels())
        .isEqualTo(expected(4).liverVoxels() - expected(4).lesionVoxels());
  }

  @Test
  void one_scan_is_read_alone_or_with_its_labels() {
    Path image = layout("Task03_Liver/imagesTr/liver_1.nii.gz");
    Dataset alone = open(Source.of(image));
    assertThat(alone.split()).isEqualTo(new Split(List.of(), List.of(), List.of("liver_1")));
    Path labels = layout("Task03_Liver/labelsTr/liver_1.nii.gz");
    Dataset labelled = open(Source.of(image).labelFile(labels));
    assertThat(labelled.split()).isEqualTo(new Split(List.of("liver_1"), List.of(), List.of()));
    assertHolds(labelled.find("liver_1"), expected(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"implicit", "little", "big"})
  void a_DICOM_series_is_read_as_pydicom_reads_it(String syntax) throws IOException {
    Dataset data = open("dicom/" + syntax);
    assertThat(data.split().test()).containsExactly(syntax);
    Volume volume = data.find(syntax).image();
    var expected = new Gson().fromJson(Files.readString(layout("dicom.json")), Series.class);
    var g = volume.geometry();
    assertThat(new int[] {g.nx(), g.ny(), g.nz()}).isEqualTo(expected.size());
    assertThat(volume.values()).isEqualTo(expected.values());
    double[] a = expected.affine();
    assertThat(g.affine())
        .isEqualTo(new Affine(a[0], 0, 0, a[3], 0, a[5], 0, a[7], 0, 0, a[10], a[11]));
  }

  @Test
  void a_DICOM_folder_is_one_scan_to_predict_on() {
    var scan = ScanFile.read(layout("dicom/big"), null);
    assertThat(scan.id()).isEqualTo("big");
    assertThat(scan.image().values())
        .isEqualTo(ScanFile.read(layout("dicom/implicit"), null).image().values());
  }

  @Test
  void a_compressed_DICOM_series_is_refused_in_a_sentence_that_names_dcm2niix() {
    Path folder = layout("dicom/compressed");
    assertThatThrownBy(() -> open("dicom/compressed"))
        .isInstanceOf(UserError.class)
        .hasMessage(
            folder
                + ": no case can be used: "
                + folder.resolve("IM0000")
                + ": pixels are compressed (transfer syntax 1.2.840.10008.1.2.4.90): only"
                + " uncompressed series are read; convert the series with dcm2niix");
  }

  @Test
  void a_series_whose_slice_is_missing_or_there_twice_is_refused() throws IOException {
    Path folder = seriesWithout("IM0000");
    String ending = "a slice is missing or there twice; copy the whole series again";
    assertRefused(folder, ending);
    Files.copy(layout("dicom/little/IM0000"), folder.resolve("IM0000"));
    Files.copy(layout("dicom/little/IM0000"), folder.resolve("IM0009"));
    assertRefused(folder, ending);
  }

  @Test
  void two_series_in_one_folder_are_refused() throws IOException {
    Path folder = seriesWithout("IM0002");
    byte[] other = Files.readAllBytes(layout("dicom/little/IM0002"));
    String text = new String(other, StandardCharsets.ISO_8859_1);
    int end = text.indexOf("1.2.826.0.1.3680043.8.498.2") + "1.2.826.0.1.3680043.8.498.".length();
    other[end] = '9';
    Files.write(folder.resolve("IM0002"), other);
    assertRefused(
        folder,
        folder
            + ": holds more than one series, such as those of IM0000 and IM0002: a folder is one"
            + " scan; put each series into a folder of its own");
  }

  private Path seriesWithout(String left) throws IOException {
    Path folder = Files.createDirectory(home.resolve("scan"));
    try (Stream<Path> slices = Files.list(layout("dicom/little"))) {
      for (Path slice : slices.toList()) {
        if (!slice.endsWith(left)) {
          Files.copy(slice, folder.resolve(slice.getFileName()));
        }
      }
    }
    return folder;
  }

  private void assertRefused(Path folder, String ending) {
    assertThatThrownBy(() -> open(Source.of(folder)))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(folder + ": no case can be used: " + folder + ": ")
        .hasMessageEndingWith(ending);
  }

  @Test
  void a_description_without_a_liver_is_refused_and_shows_the_remedy() throws IOException {
    Path task = Files.createDirectories(home.resolve("Task08"));
    Files.createDirectory(task.resolve("imagesTr"));
    Files.copy(
        layout("Task03_Liver/imagesTr/liver_1.nii.gz"), task.resolve("imagesTr/vessel_1.nii.gz"));
    Path description = task.resolve("dataset.json");
    Files.writeString(
        description, "{\"labels\": {\"0\": \"background\", \"1\": \"Vessel\", \"2\": \"Tumour\"}}");
    assertThatThrownBy(() -> open(Source.of(task)))
        .isInstanceOf(UserError.class)
        .hasMessage(
            description
                + ": labels background, Vessel, Tumour: none is called liver; name its value:"
                + " load(…, labels(liver(1), lesion(2)))");
    Files.writeString(description, "{\"labels\": [1, 2]");
    assertThatThrownBy(() -> open(Source.of(task)))
        .isInstanceOf(UserError.class)
        .hasMessage(
            description
                + ": cannot be read as the description of a data set; it needs \"labels\" such as"
                + " {\"0\": \"background\", \"1\": \"liver\", \"2\": \"cancer\"}");
  }
}
