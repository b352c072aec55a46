package org.maskmine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
  @TempDir Path folder;

  @Test
  void a_write_that_fails_half_way_leaves_the_old_file_and_nothing_beside_it() throws IOException {
    Path file = folder.resolve("made/file.txt");
    WholeFile.write(file, "old");
    assertThatThrownBy(
            () ->
                WholeFile.write(
                    file,
                    unfinished -> {
                      Files.writeString(unfinished, "ne");
                      throw new IOException("No space left on device");
                    }))
        .hasMessage("No space left on device");
    assertThat(file).hasContent("old");
    assertThat(names(folder.resolve("made"))).containsExactly("file.txt");
  }

  @Test
  void a_folder_appears_whole_and_the_first_of_two_stays() throws IOException {
    Path made = folder.resolve("made");
    assertThat(WholeFile.writeFolder(made, f -> Files.writeString(f.resolve("a"), "first")))
        .isTrue();
    assertThat(WholeFile.writeFolder(made, f -> Files.writeString(f.resolve("a"), "second")))
        .isFalse();
    assertThat(made.resolve("a")).hasContent("first");
    assertThat(names(folder)).containsExactly("made");
    WholeFile.deleteFolder(made);
    WholeFile.deleteFolder(made);
    assertThat(names(folder)).isEmpty();
  }

  @Test
  void what_a_kill_left_is_swept_after_a_day_and_never_what_is_being_written() throws IOException {
    Path old = Files.createDirectory(folder.resolve(".run-1.part"));
    Files.writeString(old.resolve("weights"), "half");
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minusSeconds(90_000)));
    Files.writeString(folder.resolve(".new-2.part"), "half");
    Files.writeString(folder.resolve("whole.part"), "a user's");

    WholeFile.sweep(folder);

    assertThat(names(folder)).containsExactly(".new-2.part", "whole.part");
  }

  /** As where another process finishes a file, or sweeps too, between the list and the look. */
  @Test
  void what_vanishes_during_a_sweep_was_somebody_elses_to_finish() throws Exception {
    Path file = folder.resolve(".prepared-1-999999999999p.part");
    var stop = new AtomicBoolean();
    var others =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; !stop.get(); i++) {
                appearAndVanish(file);
                leaveAndSweep(folder.resolve(".run-" + i + "-999999999999p.part"));
              }
            });
    try {
      for (int i = 0; i < 3000; i++) {
        WholeFile.sweep(folder);
      }
    } finally {
      stop.set(true);
    }
    others.get();
    assertThat(names(folder)).isEmpty();
  }

  private static void appearAndVanish(Path file) {
    try {
      Files.writeString(file, "half");
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void leaveAndSweep(Path old) {
    try {
      Files.createDirectory(old);
      Files.writeString(old.resolve("weights"), "half");
      Files.setLastModifiedTime(old, FileTime.from(Instant.now().minusSeconds(90_000)));
      WholeFile.sweep(old.resolveSibling(".").normalize());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void a_sealed_text_opens_again_and_every_changed_letter_but_the_seals_name_is_found()
      throws IOException {
    String text = "{\n  \"a\": 1,\n  \"b\": [\n    2\n  ]\n}";
    String sealed = SealedText.seal(text);
    assertThat(SealedText.open(sealed)).isEqualTo("{\"a\": 1,\n  \"b\": [\n    2\n  ]\n}");
    assertThat(SealedText.open(text)).as("an earlier version's").isEqualTo(text);
    for (int i = sealed.indexOf("\",") + 2; i < sealed.length(); i++) {
      String changed = sealed.substring(0, i) + '~' + sealed.substring(i + 1);
      if (!changed.substring(i).isBlank() && i > sealed.indexOf("\"a\"")) {
        assertThatThrownBy(() -> SealedText.open(changed))
            .hasMessage("its checksum does not fit, it was damaged or changed by hand");
      }
    }
  }

  @Test
  void what_is_written_now_stays_though_the_clock_has_jumped_by_years() throws Exception {
    Path[] unfinished = new Path[1];
    WholeFile.write(
        folder.resolve("weights"),
        file -> {
          unfinished[0] = Files.writeString(file, "half");
          Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(90_000_000)));
          WholeFile.sweep(folder);
          Files.writeString(file, "whole");
        });
    assertThat(folder.resolve("weights")).hasContent("whole");

    var ended = new ProcessBuilder("true").start();
    ended.waitFor();
    String name = unfinished[0].getFileName().toString();
    String dead = name.replace("-" + ProcessHandle.current().pid() + "p", "-" + ended.pid() + "p");
    Path left = Files.writeString(folder.resolve(dead), "half");
    Files.setLastModifiedTime(left, FileTime.from(Instant.now().minusSeconds(90_000_000)));
    WholeFile.sweep(folder);
    assertThat(names(folder)).containsExactly("weights");
  }

  /** Oracle: the CRC-32C of "123456789" that RFC 3720's polynomial is known by. */
  @Test
  void the_checksum_is_crc_32c() {
    assertThat(Digest.checksum("123456789")).isEqualTo("e3069283");
  }

  @Test
  void a_build_without_git_says_so() {
    assertThat(Build.words("0.1.0", "397ae14-dirty")).isEqualTo("0.1.0, commit 397ae14-dirty");
    assertThat(Build.words("0.1.0", "")).isEqualTo("0.1.0, built without git");
    assertThat(Build.words("0.1.0", "${build.commit}")).isEqualTo("0.1.0, built without git");
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }
}
