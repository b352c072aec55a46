package org.maskmine.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.Gson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maskmine.UserError;

class NiftiWriteTest {
  /** The oblique grid with a leaning z axis, as of a tilted gantry. */
  private static final Affine LEANING =
      new Affine(-0.6, -0.64, 0.5, 10.5, 0.8, -0.48, 0, -20.25, 0, 0, 2.5, 30);

  private static final Geometry OBLIQUE =
      new Geometry(4, 3, 2, new Affine(-0.6, -0.64, 0, 10.5, 0.8, -0.48, 0, -20.25, 0, 0, 2.5, 30));
  private static final Geometry SHEARED = new Geometry(4, 3, 2, LEANING);

  @TempDir Path folder;

  /** What nibabel reads from one file: {@code src/test/python/nifti_read.py}. */
  record Read(
      String type,
      int[] size,
      double[] affine,
      double[] qform,
      int[] codes,
      String units,
      String sha256) {}

  private static final List<String> NAMES =
      List.of("whole.nii", "broken.nii", "labels.nii", "sheared.nii", "whole.nii.gz");

  private List<Path> write() {
    float[] whole = new float[24];
    float[] broken = new float[24];
    byte[] labels = new byte[24];
    for (int i = 0; i < 24; i++) {
      whole[i] = 100 * i - 1024;
      broken[i] = whole[i] + 0.25f;
      labels[i] = (byte) (i % 3);
    }
    List<Path> files = NAMES.stream().map(folder::resolve).toList();
    Nifti.write(files.get(0), new Volume(OBLIQUE, whole));
    Nifti.write(files.get(1), new Volume(OBLIQUE, broken));
    Nifti.write(files.get(2), new Mask(OBLIQUE, labels));
    Nifti.write(files.get(3), new Volume(SHEARED, whole));
    Nifti.write(files.get(4), new Volume(OBLIQUE, whole));
    return files;
  }

  @Test
  void nibabel_reads_what_was_written() throws Exception {
    List<Path> files = write();
    List<String> lines = nibabel(files);
    assumeTrue(!lines.isEmpty(), "python3 with nibabel not found: only stored answers compared");
    for (int i = 0; i < files.size(); i++) {
      assertHolds(new Gson().fromJson(lines.get(i), Read.class), files.get(i));
    }
  }

  @Test
  void what_is_written_is_byte_for_byte_what_nibabel_read_for_the_stored_answers() {
    List<String> answers = NiftiSamples.text(stored("read.jsonl")).lines().toList();
    List<Path> files = write();
    for (int i = 0; i < answers.size(); i++) {
      assertThat(files.get(i)).hasSameBinaryContentAs(stored(NAMES.get(i)));
      assertHolds(new Gson().fromJson(answers.get(i), Read.class), files.get(i));
    }
  }

  private static Path stored(String name) {
    return NiftiSamples.sample("../written/" + name);
  }

  private static void assertHolds(Read read, Path file) {
    String name = Objects.requireNonNull(file.getFileName()).toString();
    Volume volume = Nifti.readVolume(file);
    Geometry g = volume.geometry();
    assertThat(read.type())
        .isEqualTo(
            name.startsWith("labels") ? "uint8" : name.startsWith("broken") ? "float32" : "int16");
    assertThat(read.size()).containsExactly(4, 3, 2);
    assertThat(read.units()).isEqualTo("mm");
    assertThat(read.sha256()).isEqualTo(NiftiSamples.sha256(volume.values()));
    assertClose(read.affine(), NiftiSamples.numbers(g.affine()), 1e-9);
    if (name.startsWith("sheared")) {
      assertThat(read.codes()).containsExactly(0, 1);
    } else {
      assertThat(read.codes()).containsExactly(1, 1);
      assertClose(read.qform(), NiftiSamples.numbers(g.affine()), 1e-5);
    }
  }

  private static void assertClose(double[] found, double[] expected, double tolerance) {
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat(found[i]).isCloseTo(expected[i], within(tolerance));
    }
  }

  /** One JSON line per file; empty where there is no Python with nibabel. */
  private static List<String> nibabel(List<Path> files) throws IOException, InterruptedException {
    String python = System.getenv().getOrDefault("MASKMINE_TEST_PYTHON", "python3");
    List<String> command = new ArrayList<>(List.of(python, "src/test/python/nifti_read.py"));
    files.forEach(file -> command.add(file.toString()));
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? text.lines().toList() : List.of();
    } catch (IOException e) {
      return List.of();
    }
  }

  @Test
  void values_and_place_come_back_through_a_compressed_file() {
    var written = new Volume(OBLIQUE, floats(24));
    Path file = folder.resolve("scan.nii.gz");
    Nifti.write(file, written);
    Volume found = Nifti.readVolume(file);
    assertThat(found.values()).isEqualTo(written.values());
    assertClose(
        NiftiSamples.numbers(found.geometry().affine()),
        NiftiSamples.numbers(OBLIQUE.affine()),
        1e-6);
  }

  private static float[] floats(int n) {
    float[] out = new float[n];
    for (int i = 0; i < n; i++) {
      out[i] = (float) Math.sin(i);
    }
    return out;
  }

  @Test
  void a_second_file_replaces_the_first_and_leaves_nothing_else() throws IOException {
    Path file = folder.resolve("new").resolve("mask.nii.gz");
    Nifti.write(file, Mask.empty(OBLIQUE));
    var ones = Mask.empty(OBLIQUE);
    Arrays.fill(ones.values(), (byte) 1);
    Nifti.write(file, ones);
    assertThat(Nifti.readMask(file).count(1)).isEqualTo(24);
    try (Stream<Path> left = Files.list(folder.resolve("new"))) {
      assertThat(left).containsExactly(file);
    }
  }

  @Test
  void refuses_a_name_that_is_not_NIfTI() {
    Path file = folder.resolve("scan.mha");
    assertThatThrownBy(() -> Nifti.write(file, Mask.empty(OBLIQUE)))
        .isInstanceOf(UserError.class)
        .hasMessage(file + ": the name of a NIfTI file ends in .nii or .nii.gz; add one of them");
  }

  @Test
  void refuses_an_axis_that_the_header_cannot_count() {
    Path file = folder.resolve("long.nii");
    var geometry = Geometry.of(1, 40000, 1, new Spacing(1, 1, 1));
    assertThatThrownBy(() -> Nifti.write(file, Mask.empty(geometry)))
        .isInstanceOf(UserError.class)
        .hasMessage(
            file
                + ": 1×40000×1 voxels: NIfTI-1 holds at most 32,767 along an axis; crop the"
                + " volume");
  }

  @Test
  void says_where_it_could_not_write_and_leaves_nothing() throws IOException {
    Path blocked = Files.createFile(folder.resolve("file"));
    Path file = blocked.resolve("scan.nii");
    assertThatThrownBy(() -> Nifti.write(file, Mask.empty(OBLIQUE)))
        .isInstanceOf(UserError.class)
        .hasMessage(
            file
                + ": cannot be written ("
                + blocked
                + "); check that "
                + blocked
                + " is there and may be written, and run the cell again");
  }
}
