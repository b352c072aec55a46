package org.maskmine.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.maskmine.Progress;
import org.maskmine.UserError;
import org.maskmine.WholeFile;
import org.maskmine.data.Dataset;
import org.maskmine.data.Structure;
import org.maskmine.training.Recipe;
import org.maskmine.training.RunStore;
import org.maskmine.training.StoredRun;
import org.maskmine.training.Trainer;

/** Disks that fail for real. */
class DiskTest {
  @TempDir Path folder;

  private final Dataset data = Day.phantom().dataset();

  /** Larger weights than {@link Day} has, so that they alone are over a limit. */
  static Recipe recipe() {
    return Day.recipe(1).eachStage(s -> s.network(n -> n.base(16)));
  }

  /** Trains in a process that may write small files alone. */
  static final class Limited {
    private Limited() {}

    public static void main(String[] args) {
      try {
        new Trainer(Day.phantom().dataset(), new RunStore(Path.of(args[0])))
            .train(recipe(), Progress.NONE);
        System.out.println("trained");
      } catch (UserError e) {
        System.out.println(e.getMessage());
      }
    }
  }

  @Test
  @DisabledOnOs(
      value = OS.WINDOWS,
      disabledReason = "only shells of Unix limit the size of files (ulimit)")
  @Timeout(value = 120, unit = TimeUnit.SECONDS)
  void a_training_that_finds_no_room_says_so_and_goes_on_when_there_is_some() throws Exception {
    RunStore store = new RunStore(folder.resolve("runs"));
    // What is prepared from the data is there already.
    assertThatThrownBy(() -> new Trainer(data, store).train(recipe(), stopAtEpoch(1)))
        .hasMessage("enough");
    StoredRun begun = store.runs().get(0);

    List<String> command = new ArrayList<>(List.of("bash", "-c", "ulimit -f 200; exec \"$@\"", ""));
    command.addAll(Day.program(Limited.class, folder.resolve("runs").toString()));
    Process child =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(said.lines().reduce((first, last) -> last).orElse(""))
        .isEqualTo(
            begun.folder().resolve("lesion.best.safetensors")
                + ": cannot be written (File too large); free space on its disk and run the cell"
                + " again, or take a folder on another one; MASKMINE_HOME says where runs lie");
    assertThat(store.list().damaged()).isEmpty();
    try (var files = Files.list(begun.folder())) {
      assertThat(files.noneMatch(WholeFile::isUnfinished)).isTrue();
    }

    goesOnBitEqual(store);
  }

  @Test
  void a_run_folder_that_vanishes_during_a_training_is_a_sentence_and_the_cell_trains_anew() {
    RunStore store = new RunStore(folder.resolve("runs"));
    Path[] vanished = new Path[1];
    Progress thief =
        (activity, done, total, note) -> {
          if (note.startsWith("epoch 2") && vanished[0] == null) {
            vanished[0] = store.runs().get(0).folder();
            delete(vanished[0]);
          }
        };
    assertThatThrownBy(() -> new Trainer(data, store).train(recipe(), thief))
        .isInstanceOf(UserError.class)
        .hasMessage(
            folder.resolve("runs/" + new RunNames(store, data).of(recipe()))
                + ": this run's folder has vanished; put it back and run the cell again, which goes"
                + " on after its last epoch, or trains anew where nothing is left");
    assertThat(vanished[0]).doesNotExist();
    goesOnBitEqual(store);
  }

  /** Under which id a recipe is stored. */
  private record RunNames(RunStore store, Dataset data) {
    String of(Recipe recipe) {
      assertThatThrownBy(() -> new Trainer(data, store).train(recipe, stopAtEpoch(1)))
          .hasMessage("enough");
      String id = store.runs().get(0).id();
      store.delete(id);
      return id;
    }
  }

  @Test
  void a_store_that_cannot_be_made_is_a_sentence_with_its_folder() throws IOException {
    Path file = Files.writeString(folder.resolve("taken"), "a file");
    RunStore store = new RunStore(file.resolve("runs"));
    assertThatThrownBy(() -> new Trainer(data, store).train(recipe(), Progress.NONE))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(file.resolve("runs") + ": cannot be written (")
        .hasMessageEndingWith(
            "); check that " + file + " is there and may be written, and run the cell again");
  }

  private static Progress stopAtEpoch(int n) {
    return (activity, done, total, note) -> {
      if (note.startsWith("epoch " + n)) {
        throw new IllegalStateException("enough");
      }
    };
  }

  private static void delete(Path run) {
    try {
      WholeFile.deleteFolder(run);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void goesOnBitEqual(RunStore store) {
    StoredRun whole = new Trainer(data, store).train(recipe(), Progress.NONE);
    StoredRun undisturbed =
        new Trainer(data, new RunStore(folder.resolve("undisturbed")))
            .train(recipe(), Progress.NONE);
    assertThat(whole.curve(Structure.LESION)).hasSize(Day.EPOCHS);
    assertThat(whole.weights(Structure.LESION).sameAs(undisturbed.weights(Structure.LESION)))
        .isTrue();
  }
}
