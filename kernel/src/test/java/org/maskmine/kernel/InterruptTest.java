package org.maskmine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maskmine.kernel.Notebooks.Outcome;

class InterruptTest extends InNotebook {
  private static Outcome interrupted(String cell) throws InterruptedException {
    String request = notebook.client.execute("System.out.println(\"runs\");\n" + cell);
    assertThat(notebook.awaitOutput("stream")).isNotNull();
    Thread.sleep(100);
    notebook.interrupt();
    return notebook.finish(request);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Thread.sleep(60_000);",
        "while (true) {}",
        "long n = 0; for (;;) n++;",
        "while (true) { try { Thread.sleep(1); } catch (Exception e) {} }",
        "Stream.generate(() -> 1).forEach(n -> {});",
        "IntStream.range(0, Integer.MAX_VALUE).parallel().map(n -> n % 7).forEach(n -> { for (int i"
            + " = 0; i < 1000; i++); });",
        "while (true) org.maskmine.dsl.view.Screen.current().checkInterrupted();",
        "new java.util.concurrent.CountDownLatch(1).await();",
        "System.in.read();",
        "try { java.nio.channels.Channels.newInputStream(java.nio.channels.FileChannel.open(Path.of("
            + "\"/dev/zero\"))).transferTo(java.io.OutputStream.nullOutputStream()); } catch"
            + " (java.io.IOException e) { throw new org.maskmine.UserError(\"zero\", e); }",
        "class Slow { public String toString() { while (true) ; } }\nnew Slow()",
        "class Loop { void go() { while (true) ; } }\nnew Loop().go();",
      })
  void stops_a_cell(String cell) throws InterruptedException {
    Outcome outcome = interrupted(cell);
    assertThat(outcome.error()).isEqualTo("Interrupted: the cell was interrupted");
    assertThat(notebook.run("40 + 2").result()).isEqualTo("42");
  }

  @Test
  void a_cancelled_work_that_another_caused_keeps_its_own_sentence() throws InterruptedException {
    Outcome outcome =
        interrupted(
            "try { Thread.sleep(60_000); } catch (InterruptedException e) {\n"
                + "  var all = new java.util.concurrent.CancellationException(\"all of it\");\n"
                + "  all.initCause(new java.util.concurrent.CancellationException(\"a part\"));\n"
                + "  throw all;\n"
                + "}");
    assertThat(outcome.error()).isEqualTo("Interrupted: all of it");
  }

  @Test
  void leaves_behind_at_the_second_press_a_cell_that_does_not_listen() throws InterruptedException {
    String request =
        notebook.client.execute(
            "{ System.out.println(\"runs\");"
                + " new java.util.concurrent.Semaphore(0).acquireUninterruptibly(); }");
    assertThat(notebook.awaitOutput("stream")).isNotNull();
    notebook.interrupt();
    Thread.sleep(200);
    notebook.interrupt();
    assertThat(notebook.finish(request).error())
        .isEqualTo("Interrupted: the cell did not stop; it was left behind on its thread");
    assertThat(notebook.run("6 * 7").result()).isEqualTo("42");
  }

  @Test
  void what_is_shown_while_an_interrupt_comes_is_shown() throws InterruptedException {
    Outcome outcome =
        notebook.run(
            "for (int i = 0; i < 100; i++) {\n"
                + "  long begun = System.nanoTime();\n"
                + "  while (System.nanoTime() - begun < 5_000_000L);\n"
                + "  Thread.currentThread().interrupt();\n"
                + "  display(i);\n"
                + "}\n"
                + "Thread.interrupted();");
    assertThat(outcome.error()).isEmpty();
    assertThat(notebook.run("40 + 2").result()).isEqualTo("42");
  }

  @Test
  void turns_away_waiting_cells_after_an_interrupt() throws InterruptedException {
    String running = notebook.client.execute("System.out.println(\"runs\"); Thread.sleep(60_000);");
    String waiting = notebook.client.execute("1");
    assertThat(notebook.awaitOutput("stream")).isNotNull();
    notebook.interrupt();
    assertThat(notebook.finish(running).error()).startsWith("Interrupted");
    assertThat(notebook.finish(waiting).status()).isEqualTo("aborted");
  }

  @Test
  void stops_a_cell_again_and_again_and_leaves_no_thread_behind() throws InterruptedException {
    stopAgainAndAgain(10);
  }

  @Test
  @Tag("long")
  void stops_a_cell_a_hundred_times_and_leaves_no_thread_behind() throws InterruptedException {
    stopAgainAndAgain(100);
  }

  private static void stopAgainAndAgain(int times) throws InterruptedException {
    int before = Integer.parseInt(notebook.run("Thread.activeCount()").result());
    for (int i = 0; i < times; i++) {
      String request = notebook.client.execute("System.out.println(\"runs\"); while (true) {}");
      assertThat(notebook.awaitOutput("stream")).isNotNull();
      notebook.interrupt();
      assertThat(notebook.finish(request).error())
          .isEqualTo("Interrupted: the cell was interrupted");
      assertThat(notebook.run("6 * 7").result()).isEqualTo("42");
    }
    int after = Integer.parseInt(notebook.run("Thread.activeCount()").result());
    assertThat(after).isLessThanOrEqualTo(before + 1);
  }

  @Test
  void ignores_an_interrupt_between_cells() {
    notebook.interrupt();
    assertThat(notebook.run("5").result()).isEqualTo("5");
  }
}
