package org.maskmine.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.maskmine.dsl.Maskmine.compare;
import static org.maskmine.dsl.Maskmine.delete;
import static org.maskmine.dsl.Maskmine.epochs;
import static org.maskmine.dsl.Maskmine.mine;
import static org.maskmine.dsl.Maskmine.seed;
import static org.maskmine.dsl.Maskmine.train;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.maskmine.Progress;
import org.maskmine.UserError;
import org.maskmine.data.Structure;
import org.maskmine.training.RunStore;
import org.maskmine.training.StoredRun;
import org.maskmine.training.Trainer;

/**
 * Disks of their own, seen by one child process alone (mount namespaces of Linux): small ones that
 * fill up, one that is read-only, one that is taken away.
 */
class MountTest {
  private static final String NO_ROOM =
      "(No space left on device); free space on its disk and run the cell again, or take a folder"
          + " on another one; MASKMINE_HOME says where runs lie";
  private static final String NO_ROOM_FOR_CASES =
      "prepared cases cannot be kept here (No space left on device); free space, or set"
          + " MASKMINE_HOME to a folder on a larger disk";

  @TempDir Path folder;

  private String namespace = "";

  @BeforeEach
  void asks_whether_this_system_lets_a_process_mount() throws Exception {
    for (String flags : List.of("-Urm", "-m")) {
      try {
        var trial =
            new ProcessBuilder("unshare", flags, "mount", "-t", "tmpfs", "trial", "" + folder);
        if (trial.redirectErrorStream(true).start().waitFor() == 0) {
          namespace = flags;
          return;
        }
      } catch (IOException e) {
        // No unshare here.
      }
    }
    assumeTrue(false, "this system lets no process mount a disk of its own (unshare -Urm)");
  }

  private List<String> run(Class<?> program) throws Exception {
    return run("\"$@\"", program);
  }

  /** What children say that run with a disk of 8 MB, {@code $0}, which holds their home. */
  private List<String> run(String script, Class<?> program) throws Exception {
    var command = new ArrayList<>(List.of("unshare", namespace, "bash", "-ec"));
    command.add("mount -t tmpfs -o size=8m disk $0; " + script);
    command.add(folder.toString());
    command.addAll(Day.program(program, folder.toString()));
    var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("MASKMINE_HOME", folder.resolve("home").toString());
    Process child = builder.start();
    String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(child.waitFor()).as(said).isZero();
    return said.lines().filter(line -> line.startsWith("- ")).map(l -> l.substring(2)).toList();
  }

  private static void say(String words) {
    System.out.println("- " + words);
  }

  /** What the verb says that cannot do it. */
  private static void refused(Runnable verb) {
    try {
      verb.run();
      say("done");
    } catch (UserError e) {
      say(String.valueOf(e.getMessage()));
    }
  }

  private static StoredRun trained(RunStore store, Progress progress) {
    return new Trainer(Day.phantom().dataset(), store).train(Day.recipe(1), progress);
  }

  private static void mount(String... arguments) {
    try {
      int status = new ProcessBuilder(arguments).inheritIO().start().waitFor();
      if (status != 0) {
        throw new IllegalStateException(String.join(" ", arguments) + ": " + status);
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void sound(RunStore store) {
    if (!store.list().damaged().isEmpty()) {
      throw new IllegalStateException("damaged: " + store.list().damaged());
    }
    store.runs().forEach(StoredRun::check);
  }

  /** Trains, mines and saves on a disk with less and less room. */
  static final class Full {
    private static final List<Integer> FREE_KB = List.of(0, 8, 40, 60, 80, 100, 120, 160);

    private Full() {}

    public static void main(String[] args) {
      Path disk = Path.of(args[0]);
      RunStore store = Home.runs();
      Day.phantom();
      for (int free : FREE_KB) {
        fill(disk, free);
        refused(() -> trained(store, Progress.NONE));
        sound(store);
        free(disk);
        StoredRun run = trained(store, Progress.NONE);
        say(Day.weights(run));
        fill(disk, 0);
        Run trained = train(Day.phantom(), Day.network(), seed(1), epochs(Day.EPOCHS));
        refused(() -> mine(trained));
        refused(() -> compare(trained).save(disk.resolve("table.csv").toString()));
        refused(() -> compare(trained).figure4().save(disk.resolve("figure4.pdf").toString()));
        refused(() -> Maskmine.export(trained, disk.resolve("run.zip").toString()));
        sound(store);
        free(disk);
        mine(trained);
        delete(run.id());
      }
    }

    private static void fill(Path disk, int freeKb) {
      Path filler = disk.resolve("filler");
      try (OutputStream out = Files.newOutputStream(filler)) {
        while (true) {
          out.write(new byte[4096]);
        }
      } catch (IOException full) {
        try (var channel = FileChannel.open(filler, StandardOpenOption.WRITE)) {
          channel.truncate(Math.max(0, channel.size() - 1024L * freeKb));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }

    private static void free(Path disk) {
      try {
        Files.delete(disk.resolve("filler"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Test
  @Timeout(value = 180, unit = TimeUnit.SECONDS)
  void a_full_disk_is_a_sentence_wherever_it_is_met_and_the_same_verb_goes_on_when_there_is_room()
      throws Exception {
    List<String> said = run(Full.class);
    String undisturbed = Day.undisturbed(Day.recipe(1), folder.resolve("undisturbed"));
    assertThat(said).hasSize(6 * Full.FREE_KB.size());
    var met = new ArrayList<String>();
    int[] refused = new int[4];
    for (int i = 0; i < said.size(); i += 6) {
      met.add(said.get(i));
      assertThat(said.get(i + 1)).as("weights once there is room").isEqualTo(undisturbed);
      for (int verb = 0; verb < 4; verb++) {
        String s = said.get(i + 2 + verb);
        assertThat(s).endsWith(s.equals("done") ? s : NO_ROOM);
        refused[verb] += s.equals("done") ? 0 : 1;
      }
    }
    System.out.println(String.join(System.lineSeparator(), met));
    // What the garbage collector unmaps meanwhile may make room for a small file.
    assertThat(refused).as("mine, table, figure and export, refused").doesNotContain(0);
    assertThat(met)
        .allSatisfy(s -> assertThat(s).containsAnyOf(NO_ROOM, NO_ROOM_FOR_CASES, "done"));
    assertThat(met.stream().distinct().count()).as("places where room ended").isGreaterThan(3);
  }

  /**
   * A run that is finished and one that is not, on a disk that is read-only between two kernels:
   * what a process has mapped keeps the disk writable, unless it fails.
   */
  static final class ReadOnly {
    private ReadOnly() {}

    public static void main(String[] args) {
      Path disk = Path.of(args[0]);
      switch (args[1]) {
        case "before" -> before();
        case "while" -> whileReadOnly(disk);
        default -> say(Day.weights(trained(Home.runs(), Progress.NONE)));
      }
    }

    private static Run finished() {
      return train(Day.phantom(), Day.network(), seed(2), epochs(Day.EPOCHS));
    }

    private static void before() {
      finished();
      Progress stop =
          (activity, done, total, note) -> {
            if (note.startsWith("epoch 3")) {
              throw new UserError("enough");
            }
          };
      refused(() -> trained(Home.runs(), stop));
    }

    private static void whileReadOnly(Path disk) {
      refused(() -> compare(finished()).table());
      refused(() -> train(Day.phantom(), Day.network(), seed(1), epochs(Day.EPOCHS)));
      refused(() -> train(Day.phantom(), Day.network(), seed(3), epochs(Day.EPOCHS)));
      refused(() -> mine(finished()));
      refused(() -> delete(finished().id()));
      refused(() -> Maskmine.export(finished(), disk.resolve("run.zip").toString()));
      refused(() -> Maskmine.cache().clear());
      sound(Home.runs());
    }
  }

  @Test
  @Timeout(value = 120, unit = TimeUnit.SECONDS)
  void a_disk_that_becomes_read_only_shows_what_it_has_and_takes_nothing_in_a_sentence()
      throws Exception {
    List<String> said =
        run(
            "\"$@\" before; mount -o remount,ro disk $0; \"$@\" while; mount -o remount,rw disk $0;"
                + " \"$@\" after",
            ReadOnly.class);
    assertThat(said).hasSize(9);
    assertThat(said.subList(0, 2)).containsExactly("enough", "done");
    assertThat(said.subList(2, 8))
        .allSatisfy(
            s -> assertThat(s).startsWith(folder.toString()).contains("(Read-only file system)"));
    assertThat(said.get(2))
        .endsWith(
            "/home/runs/.locks/"
                + Path.of(said.get(2).replaceAll(": .*", "")).getFileName()
                + ": cannot be written (Read-only file system); check that "
                + folder.resolve("home/runs/.locks")
                + " is there and may be written, and run the cell again");
    assertThat(said.get(8))
        .isEqualTo(Day.undisturbed(Day.recipe(1), folder.resolve("undisturbed")));
  }

  /** A training whose disk is pulled out in its second epoch, and put in again. */
  static final class Vanishing {
    private Vanishing() {}

    public static void main(String[] args) throws IOException {
      Path disk = Path.of(args[0]).resolve("disk");
      Path home = Home.folder();
      Files.createDirectories(disk);
      Files.createDirectories(home);
      mount("mount", "--bind", disk.toString(), home.toString());
      boolean[] gone = new boolean[1];
      Progress pull =
          (activity, done, total, note) -> {
            if (note.startsWith("epoch 2") && !gone[0]) {
              gone[0] = true;
              mount("umount", "-l", home.toString());
            }
          };
      refused(() -> trained(Home.runs(), pull));
      try (var left = Files.list(home)) {
        say("made in its place: " + left.toList());
      }
      mount("mount", "--bind", disk.toString(), home.toString());
      sound(Home.runs());
      say(Home.runs().runs().get(0).curve(Structure.LESION).size() + " epoch");
      say(Day.weights(trained(Home.runs(), Progress.NONE)));
    }
  }

  @Test
  @Timeout(value = 120, unit = TimeUnit.SECONDS)
  void a_disk_that_is_pulled_out_during_a_training_is_a_sentence_and_put_in_again_it_goes_on()
      throws Exception {
    List<String> said = run(Vanishing.class);
    assertThat(said).hasSize(4);
    assertThat(said.get(0))
        .startsWith(folder.resolve("home/runs/base-").toString())
        .endsWith(
            ": this run's folder has vanished; put it back and run the cell again, which goes on"
                + " after its last epoch, or trains anew where nothing is left");
    assertThat(said.subList(1, 3)).containsExactly("made in its place: []", "1 epoch");
    assertThat(said.get(3))
        .isEqualTo(Day.undisturbed(Day.recipe(1), folder.resolve("undisturbed")));
  }
}
