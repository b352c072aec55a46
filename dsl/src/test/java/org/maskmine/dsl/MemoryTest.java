package org.maskmine.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.maskmine.Progress;
import org.maskmine.UserError;
import org.maskmine.training.Recipe;
import org.maskmine.training.RunStore;
import org.maskmine.training.StoredRun;
import org.maskmine.training.Trainer;

/** Memory that really runs out in the middle of a training, Java's and the engine's. */
class MemoryTest {
  @TempDir Path folder;

  private List<String> run(Class<?> program) throws Exception {
    List<String> command = Day.program(program, folder.resolve("runs").toString());
    command.set(command.indexOf("-Xmx512m"), "-Xmx96m");
    Process child =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(child.waitFor()).as(said).isZero();
    return said.lines().filter(line -> line.startsWith("- ")).map(l -> l.substring(2)).toList();
  }

  private static void say(String words) {
    System.out.println("- " + words);
  }

  private static void train(RunStore store, Recipe recipe) {
    try {
      new Trainer(Day.phantom().dataset(), store).train(recipe, Progress.NONE);
      say("trained");
    } catch (UserError e) {
      say(String.valueOf(e.getMessage()));
    }
  }

  private static void goesOn(RunStore store) {
    store.runs().forEach(StoredRun::check);
    say(
        Day.weights(
            new Trainer(Day.phantom().dataset(), store).train(Day.recipe(1), Progress.NONE)));
  }

  /**
   * Fills the heap up to less and less, and trains. What is full is said by the training, or beside
   * it by the error that a cell shows with the remedy.
   */
  static final class Heap {
    private static final List<Integer> FREE_KB = List.of(2_000, 700, 400, 200, 50);

    private Heap() {}

    public static void main(String[] args) {
      RunStore store = new RunStore(Path.of(args[0]));
      train(store, Day.recipe(2));
      Trainer anew = new Trainer(Day.phantom().dataset(), store.anew());
      Recipe recipe = Day.recipe(1);
      for (int free : FREE_KB) {
        // Nothing can be made before there is room again, not even words.
        Throwable[] met = new Throwable[1];
        byte[][] hoard = hoard(free);
        try {
          anew.train(recipe, Progress.NONE);
        } catch (UserError | OutOfMemoryError e) {
          met[0] = e;
        }
        Arrays.fill(hoard, null);
        say(met[0] instanceof UserError sentence ? "" + sentence.getMessage() : "" + met[0]);
        goesOn(store);
      }
    }

    /** Everything but so much, in pieces that it takes no memory to give back. */
    private static byte[][] hoard(int freeKb) {
      var hoard = new byte[100_000][];
      int n = 0;
      try {
        while (true) {
          hoard[n] = new byte[10_000];
          n++;
        }
      } catch (OutOfMemoryError full) {
        Arrays.fill(hoard, n - freeKb / 10, n, null);
      }
      return hoard;
    }
  }

  @Test
  @Timeout(value = 180, unit = TimeUnit.SECONDS)
  void a_heap_that_is_full_is_said_and_the_same_process_trains_on_once_there_is_room()
      throws Exception {
    List<String> said = run(Heap.class);
    System.out.println(String.join(System.lineSeparator(), said));
    String undisturbed = Day.undisturbed(Day.recipe(1), folder.resolve("undisturbed"));
    assertThat(said).hasSize(1 + 2 * Heap.FREE_KB.size());
    assertThat(said.get(0)).isEqualTo("trained");
    var met = new ArrayList<String>();
    for (int i = 1; i < said.size(); i += 2) {
      met.add(said.get(i));
      assertThat(said.get(i + 1)).as("weights once there is room").isEqualTo(undisturbed);
    }
    assertThat(met)
        .allSatisfy(
            s ->
                assertThat(s)
                    .matches(
                        "null|java.lang.OutOfMemoryError: .*"
                            + "|training the lesion network: the memory is used up \\(.*\\) with"
                            + " base\\(4\\), depth\\(2\\), patches\\(16, 1\\) and batch\\(\\d+\\); take"
                            + " fewer channels, smaller patches or fewer of them: .*"))
        .anyMatch(s -> !s.equals("null"));
  }

  /** Trains what is too large for the address space that this process has left. */
  static final class Native {
    private static final long ROOM = 100L << 20;

    private Native() {}

    public static void main(String[] args) throws Exception {
      RunStore store = new RunStore(Path.of(args[0]));
      train(store, Day.recipe(2));
      limit(virtualBytes() + ROOM + ":");
      train(store, Day.recipe(3).eachStage(s -> s.network(n -> n.base(64)).patches(256, 1)));
      limit("unlimited:");
      goesOn(store);
    }

    private static long virtualBytes() throws IOException {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith("VmSize:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
          .findFirst()
          .orElseThrow();
    }

    private static void limit(String addressSpace) throws Exception {
      String process = "" + ProcessHandle.current().pid();
      new ProcessBuilder("prlimit", "--pid", process, "--as=" + addressSpace)
          .inheritIO()
          .start()
          .waitFor();
    }
  }

  @Test
  @Timeout(value = 180, unit = TimeUnit.SECONDS)
  void an_engine_that_gets_no_memory_is_said_and_the_same_process_trains_on() throws Exception {
    assumeTrue(Files.exists(Path.of("/usr/bin/prlimit")), "only Linux's prlimit takes memory away");
    List<String> said = run(Native.class);
    System.out.println(String.join(System.lineSeparator(), said));
    assertThat(said).hasSize(3);
    assertThat(said.get(0)).isEqualTo("trained");
    assertThat(said.get(1))
        .matches(
            "training the lesion network: the memory is used up \\(.*\\) with base\\(64\\),"
                + " depth\\(2\\), patches\\(256, 1\\) and batch\\(\\d+\\); take fewer channels, smaller"
                + " patches or fewer of them: base\\(32\\), patches\\(128, 1\\), batch\\(\\d+\\), and"
                + " close what else uses memory");
    assertThat(said.get(2))
        .isEqualTo(Day.undisturbed(Day.recipe(1), folder.resolve("undisturbed")));
  }
}
