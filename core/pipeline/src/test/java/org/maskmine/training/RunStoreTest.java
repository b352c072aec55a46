package org.maskmine.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maskmine.UserError;

class RunStoreTest {
  @TempDir private Path folder;

  @Test
  void a_run_travels_as_one_zip_and_arrives_byte_for_byte() throws IOException {
    StoredRun run = write("base-0a1b2c");
    Path errors = run.folder().resolve("errors/lesion-volume-0.nii.gz");
    Files.createDirectories(errors.getParent());
    Files.write(errors, new byte[] {1, 2, 3});
    Files.write(run.folder().resolve("lesion.last.safetensors.part"), new byte[9]);
    Path zip = folder.resolve("out/run.zip");
    here().export(run.id(), zip);

    StoredRun arrived = there().importFrom(zip);

    assertThat(arrived.folder()).isEqualTo(folder.resolve("there/base-0a1b2c"));
    assertThat(arrived.info()).isEqualTo(run.info());
    assertThat(arrived.folder().resolve("errors/lesion-volume-0.nii.gz"))
        .hasBinaryContent(new byte[] {1, 2, 3});
    assertThat(arrived.folder().resolve("lesion.last.safetensors.part")).doesNotExist();
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
        .hasMessageStartingWith(text + ": cannot be imported (");
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
