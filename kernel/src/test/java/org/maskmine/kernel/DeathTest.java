package org.maskmine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Kernels that die, as they do where native code of an engine fails. */
class DeathTest {
  private static final String RUNNING = "kernel.json.running";

  @Test
  void the_first_cell_after_a_native_crash_tells_what_ran_and_how_to_go_on()
      throws IOException, InterruptedException {
    try (var notebook = Notebooks.start("-XX:-CreateCoredumpOnCrash")) {
      notebook.run("int kept = 3;");
      notebook.client.execute(
          "// a long training\nSystem.out.println(\"runs\"); Thread.sleep(60_000);");
      assertThat(notebook.awaitOutput("stream")).isNotNull();
      Path running = notebook.folder().resolve(RUNNING);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(running)))
          .isEqualTo("rw-------");
      long process = notebook.kernel().pid();
      crash(notebook.kernel());

      notebook.startAgain();
      Path account = Path.of("hs_err_pid" + process + ".log");
      assertThat(notebook.run("1 + 1").stderr())
          .isEqualTo(
              """
              The kernel died while cell [2] ran: // a long training
              Variables are gone, stored runs are not: run the cells from the top again, and a training goes on from its last epoch; runs() lists what is stored.
              Java's account of the end: %s
              """
                  .formatted(account));
      assertThat(notebook.run("2 + 2").stderr()).isEmpty();
      Files.delete(notebook.folder().resolve(account));
    }
  }

  private static void crash(Process kernel) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-SEGV", "" + kernel.pid()).start().waitFor();
    assertThat(kernel.waitFor(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void a_kernel_that_dies_between_cells_or_ends_as_it_should_leaves_nothing_to_tell()
      throws IOException, InterruptedException {
    try (var notebook = Notebooks.start()) {
      notebook.run("1");
      notebook.kernel().destroyForcibly().waitFor();
      notebook.startAgain();
      assertThat(notebook.run("2").stderr()).isEmpty();
      var content = new JsonObject();
      content.addProperty("restart", true);
      notebook.client.command("shutdown_request", content);
      assertThat(notebook.kernel().waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(notebook.folder().resolve(RUNNING)).doesNotExist();
    }
  }
}
