package org.maskmine.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maskmine.UserError;

class RunLockTest {
  @TempDir Path store;

  /** What another kernel does: takes the lock, says so, and keeps it. */
  static final class OtherKernel {
    private OtherKernel() {}

    public static void main(String[] args) throws InterruptedException {
      try (RunLock lock = RunLock.take(Path.of(args[0]), args[1])) {
        System.out.println("locked " + lock);
        Thread.sleep(60_000);
      }
    }
  }

  @Test
  void another_process_is_named_and_its_lock_dies_with_it() throws Exception {
    Process other = other();
    try {
      assertThat(firstLine(other)).startsWith("locked");
      assertThatThrownBy(() -> RunLock.take(store, "base-1"))
          .isInstanceOf(UserError.class)
          .hasMessage(
              "run base-1: another kernel (process "
                  + other.pid()
                  + ") is at work on it; wait until it is done, or interrupt it there");
      RunLock.take(store, "base-2").close();
    } finally {
      other.destroyForcibly().waitFor();
    }
    RunLock.take(store, "base-1").close();
  }

  @Test
  void a_second_cell_of_this_kernel_is_refused_and_takes_nothing_away() throws Exception {
    try (RunLock lock = RunLock.take(store, "base-1")) {
      assertThatThrownBy(() -> RunLock.take(store, "base-1"))
          .isInstanceOf(UserError.class)
          .hasMessage(
              "run base-1: this kernel is at work on it already; wait until that is done, or"
                  + " interrupt it");
      Process other = other();
      assertThat(firstLine(other)).as("still locked: %s", lock).isNull();
      assertThat(other.waitFor()).isNotZero();
    }
    RunLock.take(store, "base-1").close();
  }

  private Process other() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            OtherKernel.class.getName(),
            store.toString(),
            "base-1")
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static String firstLine(Process process) throws IOException {
    return new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
        .readLine();
  }
}
