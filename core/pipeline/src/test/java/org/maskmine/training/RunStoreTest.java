package org.maskmine.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maskmine.UserError;
import org.maskmine.data.TinyPhantom;
import org.maskmine.volume.Nifti;

class RunStoreTest {
  @TempDir private Path folder;

  @Test
  void a_run_travels_as_one_zip_and_arrives_byte_for_byte() throws IOException {
    StoredRun run = write("base-0a1b2c");
    Path errors = run.folder().resolve("errors/lesion-volume-0.nii.gz");
    Nifti.write(errors, TinyPhantom.load().cases().get(0).labels().orElseThrow());
    Files.write(run.folder().resolve(".lesion.last.safetensors-1.part"), new byte[9]);
    Path zip = folder.resolve("out/run.zip");
    here().export(run.id(), zip);

    StoredRun arrived = there().importFrom(zip);

    assertThat(arrived.folder()).isEqualTo(folder.resolve("there/base-0a1b2c"));
    assertThat(arrived.info()).isEqualTo(run.info());
    assertThat(arrived.folder().resolve("errors/lesion-volume-0.nii.gz"))
        .hasBinaryContent(Files.readAllBytes(errors));
    assertThat(arrived.folder().resolve(".lesion.last.safetensors-1.part")).doesNotExist();
    assertThat(there().runs()).containsExactly(arrived);
    assertThatThrownBy(() -> there().importFrom(zip))
        .isInstanceOf(UserError.class)
        .hasMessage(
            zip
                + ": run base-0a1b2c is already in the store; delete it first:"
                + " delete(\"base-0a1b2c\")");
  }

  @Test
  void an_archive_that_reaches_outside_its_folder_is_refused_and_leaves_nothing()
      throws IOException {
    refuses(
        zip("base-1/run.json", "{}", "base-1/../../evil", "x"), "it holds \"base-1/../../evil\"");
    refuses(zip("/etc/run.json", "{}"), "it holds \"/etc/run.json\"");
    refuses(zip("base-1/run.json", "{}", "base-2/run.json", "{}"), "it holds \"base-2/run.json\"");
    refuses(zip("notes.txt", "hello"), "it holds \"notes.txt\"");
    refuses(zip("base-1/scores.json", "{}"), "it holds no run.json");
    refuses(
        zip("base-1/run.json", "0".repeat(2_000_000)),
        "it unpacks to more than 200 times its size");
    assertThat(folder.resolve("evil")).doesNotExist();
    assertThat(there().runs()).isEmpty();
  }

  private void refuses(Path zip, String why) {
    assertThatThrownBy(() -> there().importFrom(zip))
        .isInstanceOf(UserError.class)
        .hasMessage(
            zip + ": is not a run: " + why + "; take a file that export(run, …) has written");
  }

  @Test
  void what_is_no_zip_is_refused_by_name() throws IOException {
    Path text = Files.writeString(folder.resolve("text.zip"), "hello");
    assertThatThrownBy(() -> there().importFrom(text))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(text + ": is no zip file, or damaged (")
        .hasMessageEndingWith("; take a file that export(run, …) has written");
    Path missing = folder.resolve("missing.zip");
    assertThatThrownBy(() -> there().importFrom(missing))
        .hasMessage(missing + ": there is no such file; give one that export(run, …) has written");
  }

  @Test
  void a_deleted_run_is_gone_and_the_others_stay() {
    write("base-1");
    StoredRun kept = write("base-2");

    here().delete("base-1");

    assertThat(here().runs()).containsExactly(kept);
    assertThatThrownBy(() -> here().delete("base-1"))
        .hasMessage("run \"base-1\": not in the run store; it holds base-2");
  }

  @Test
  void a_damaged_run_hides_no_other_is_named_and_can_be_deleted() throws IOException {
    StoredRun kept = write("base-2");
    Path file = write("base-1").folder().resolve("run.json");
    Files.writeString(file, Files.readString(file).replace("phantom", "phantoms"));

    assertThat(here().runs()).containsExactly(kept);
    String sentence =
        file
            + ": cannot be read (its checksum does not fit, it was damaged or changed by hand);"
            + " delete(\"base-1\") and train it again";
    assertThat(here().list().damaged()).containsExactly(Map.entry("base-1", sentence));
    assertThatThrownBy(() -> here().run("base-1"))
        .isInstanceOf(UserError.class)
        .hasMessage(sentence);
    assertThatThrownBy(() -> here().run("base-3"))
        .hasMessage("run \"base-3\": not in the run store; it holds base-1, base-2");

    here().delete("base-1");
    assertThat(here().list()).isEqualTo(new RunStore.Listing(List.of(kept), Map.of()));
  }

  @Test
  void an_id_with_a_path_in_it_reaches_nothing_outside_the_store() {
    write("base-1");
    assertThatThrownBy(() -> there().delete("../here/base-1"))
        .hasMessage("run \"../here/base-1\": not in the run store; it is empty, train one first");
    assertThat(here().runs()).hasSize(1);
  }

  @Test
  void a_new_store_is_for_its_owner_alone() throws IOException {
    here().change("base-1", () -> "worked on");
    assertThat(Files.getPosixFilePermissions(folder.resolve("here")))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void a_run_of_a_newer_maskmine_is_refused_in_a_sentence() throws IOException {
    Path file = write("base-1").folder().resolve("run.json");
    Files.writeString(file, "{\"format\": 99, \"id\": \"base-1\"}");
    assertThatThrownBy(() -> here().run("base-1"))
        .hasMessage(
            file
                + ": was written by a newer Maskmine (run format 99, this one knows up to 5);"
                + " update Maskmine to open it");
  }

  @Test
  void what_a_run_file_leaves_out_is_named() throws IOException {
    Path file = write("base-1").folder().resolve("run.json");
    Files.writeString(file, "{\"format\": 5, \"id\": \"base-1\", \"kind\": \"base\"}");
    assertThatThrownBy(() -> here().run("base-1"))
        .isInstanceOf(UserError.class)
        .hasMessage(
            file + ": cannot be read (it has no recipe); delete(\"base-1\") and train it again");
  }

  @Test
  void a_store_that_begins_anew_empties_the_place_of_a_run() {
    write("base-1");

    assertThat(here().resumable("base-1")).isPresent();
    assertThat(here().anew().resumable("base-1")).isEmpty();
    assertThat(here().runs()).isEmpty();
  }

  private RunStore here() {
    return new RunStore(folder.resolve("here"));
  }

  private RunStore there() {
    return new RunStore(folder.resolve("there"));
  }

  private StoredRun write(String id) {
    return StoredRuns.in(folder.resolve("here").resolve(id));
  }

  private Path zip(String... namesAndTexts) throws IOException {
    Path zip = Files.createTempFile(folder, "made", ".zip");
    try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (int i = 0; i < namesAndTexts.length; i += 2) {
        out.putNextEntry(new ZipEntry(namesAndTexts[i]));
        out.write(namesAndTexts[i + 1].getBytes(java.nio.charset.StandardCharsets.UTF_8));
        out.closeEntry();
      }
    }
    return zip;
  }
}
