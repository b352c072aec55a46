package org.maskmine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.maskmine.kernel.Notebooks.Outcome;

/** A day's work in one kernel: memory stays flat. */
@Tag("long")
class DayTest {
  private static final int ROUNDS = 10;
  private static final int TRAININGS = 50;
  private static final int COMPARISONS = 20;

  /** By then classes are loaded and compiled, and caches of fixed size are full. */
  private static final int WARM_ROUNDS = 3;

  /** JShell keeps every cell; {@code int x = 1;} takes as much. */
  private static final int KB_PER_CELL = 20;

  /**
   * Memory after a collection.
   *
   * @param residentMb of the process, as Linux counts it
   * @param heapMb of Java's objects
   * @param nativeKb that the engine's objects hold, as JavaCPP counts it
   */
  private record Held(double residentMb, double heapMb, double nativeKb) {}

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "resident memory is read from /proc")
  @Timeout(value = 1800, unit = TimeUnit.SECONDS)
  void five_hundred_trainings_and_two_hundred_comparisons_leave_memory_flat() throws IOException {
    try (var notebook = Notebooks.start("-XX:+UseSerialGC", "-Xms64m", "-Xmx512m")) {
      run(
          notebook,
          "Data ct = load(\"phantom\", cases(2, 1, 1), size(32, 8), seed(7));\n"
              + "var net = unet2d(LESION).base(4).depth(2).patches(16, 1);\n"
              + "Run base = train(ct, net, epochs(1), seed(1));");
      var after = new ArrayList<Held>();
      for (int round = 1; round <= ROUNDS; round++) {
        work(notebook);
        after.add(held(notebook));
        System.out.printf(
            "%d trainings, %d comparisons: %s%n",
            round * TRAININGS, round * COMPARISONS, after.get(round - 1));
      }
      Held warm = after.get(WARM_ROUNDS - 1);
      Held end = after.get(ROUNDS - 1);
      int cells = (ROUNDS - WARM_ROUNDS) * (TRAININGS + COMPARISONS);
      assertThat(end.residentMb() / warm.residentMb()).as("resident").isLessThan(1.08);
      assertThat((end.heapMb() - warm.heapMb()) * 1024 / cells)
          .as("kB of heap that stay of each cell")
          .isLessThan(KB_PER_CELL);
      assertThat(end.nativeKb() - warm.nativeKb()).as("kB of native objects").isLessThan(100);
    }
  }

  private static void work(Notebooks notebook) {
    for (int n = 0; n < TRAININGS; n++) {
      int seed = 1000 + n;
      run(notebook, "Run run = train(ct, net, epochs(1), seed(" + seed + "), again());\nrun");
      if (n < COMPARISONS) {
        assertThat(run(notebook, "compare(base, run)").result()).isNotEmpty();
      }
    }
  }

  private static Outcome run(Notebooks notebook, String cell) {
    Outcome outcome = notebook.run(cell);
    assertThat(outcome.error()).as(cell).isEmpty();
    return outcome;
  }

  private static Held held(Notebooks notebook) throws IOException {
    String[] counted =
        run(
                notebook,
                "for (int i = 0; i < 3; i++) { System.gc(); Thread.sleep(200); }\n"
                    + "(Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory())"
                    + " + \" \" + org.bytedeco.javacpp.Pointer.totalBytes()")
            .result()
            .split(" ");
    Path status = Path.of("/proc/" + notebook.kernel().pid() + "/status");
    double residentKb =
        Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("VmRSS:"))
            .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")))
            .findFirst()
            .orElseThrow();
    return new Held(
        residentKb / 1024,
        Double.parseDouble(counted[0]) / (1 << 20),
        Double.parseDouble(counted[1]) / 1024);
  }
}
