package org.maskmine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.maskmine.dsl.RetrainOption;
import org.maskmine.dsl.TrainOption;

class ProtocolTest extends InNotebook {
  @Test
  void introduces_itself() {
    JsonObject info = notebook.ask("kernel_info_request", new JsonObject());
    assertThat(info.get("status").getAsString()).isEqualTo("ok");
    assertThat(info.get("protocol_version").getAsString()).isEqualTo("5.3");
    assertThat(info.get("implementation").getAsString()).isEqualTo("maskmine");
    JsonObject language = info.getAsJsonObject("language_info");
    assertThat(language.get("name").getAsString()).isEqualTo("java");
    assertThat(language.get("version").getAsString()).isEqualTo(Runtime.version().toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          int x = 1;                | complete   | ``
          1 + 1                     | complete   | ``
          int f() {                 | incomplete | `    `
          if (true) {\\n    foo(    | incomplete | `        `
          for (int i = 0; i < 3;    | incomplete | ``
          int x = ;                 | invalid    | ``
          }                         | invalid    | ``
          """)
  void tells_whether_a_cell_is_complete(String code, String status, String indent) {
    var content = new JsonObject();
    content.addProperty("code", code.replace("\\n", "\n"));
    JsonObject reply = notebook.ask("is_complete_request", content);
    assertThat(reply.get("status").getAsString()).isEqualTo(status);
    assertThat(reply.get("indent").getAsString()).isEqualTo(indent);
  }

  @Test
  void completes_members_variables_and_what_the_notebook_imports() {
    notebook.run("var measurements = List.of(1, 2);");
    assertThat(notebook.complete("measurem")).containsExactly("measurements");
    assertThat(notebook.complete("measurements.isEm")).containsExactly("isEmpty()");
    assertThat(notebook.complete("disp")).contains("display(", "displayAs(");
  }

  @Test
  void completes_the_options_of_a_verb_first() {
    notebook.run("Data ct = null;");
    proposesFirst("train(ct, ", Options.makers(TrainOption.class));
    assertThat(notebook.complete("train(ct, cascade2d(), se").subList(0, 1))
        .containsExactly("seed(");
    proposesFirst("retrain(mine(null), ", Options.makers(RetrainOption.class));
  }

  private static void proposesFirst(String code, List<String> makers) {
    assertThat(makers).contains("epochs", "rate");
    assertThat(notebook.complete(code).subList(0, makers.size()))
        .extracting(shown -> shown.replaceAll("\\(.*", ""))
        .containsExactlyElementsOf(makers);
  }

  @Test
  void counts_characters_as_the_protocol_does() {
    String code = "String s = \"😀😀\"; s.leng";
    JsonObject reply =
        notebook.ask("complete_request", code, code.codePointCount(0, code.length()));
    assertThat(reply.getAsJsonArray("matches").get(0).getAsString()).isEqualTo("length()");
    assertThat(reply.get("cursor_end").getAsInt()).isEqualTo(code.codePointCount(0, code.length()));
  }

  @Test
  void completes_and_helps_while_a_cell_runs() {
    String running = notebook.client.execute("System.out.println(\"runs\"); Thread.sleep(60_000);");
    assertThat(notebook.awaitOutput("stream")).isNotNull();
    assertThat(notebook.complete("Math.hyp")).containsExactly("hypot(");
    assertThat(notebook.ask("inspect_request", "Math.hypot", 10).get("found").getAsBoolean())
        .isTrue();
    notebook.interrupt();
    assertThat(notebook.finish(running).error()).startsWith("Interrupted");
  }

  @Test
  void describes_a_method_and_a_variable() {
    JsonObject method = notebook.ask("inspect_request", "Math.hypot(", 7);
    assertThat(method.getAsJsonObject("data").get("text/plain").getAsString())
        .startsWith("double Math.hypot(double ");
    notebook.run("var answer = 42;");
    JsonObject variable = notebook.ask("inspect_request", "answer", 3);
    assertThat(variable.getAsJsonObject("data").get("text/plain").getAsString())
        .isEqualTo("int answer = 42");
    assertThat(notebook.ask("inspect_request", "nothingOfThatName", 3).get("found").getAsBoolean())
        .isFalse();
  }

  @Test
  void helps_with_the_documentation_of_our_own_methods_and_types() {
    JsonObject method = notebook.ask("inspect_request", "displayAs(\"a\", 1)", 4);
    assertThat(method.getAsJsonObject("data").get("text/plain").getAsString())
        .isEqualTo(
            "void Notebook.displayAs(String id, Object value)\n"
                + "Shows a value under an id by which updateDisplay finds it again.");
    JsonObject type = notebook.ask("inspect_request", "org.maskmine.volume.Spacing", 24);
    assertThat(type.getAsJsonObject("data").get("text/plain").getAsString())
        .startsWith("Spacing\n");
  }

  @Test
  void remembers_the_cells_of_the_session() {
    notebook.run("\"remember me\"");
    var content = new JsonObject();
    content.addProperty("hist_access_type", "tail");
    content.addProperty("n", 1);
    content.addProperty("output", true);
    content.addProperty("raw", true);
    String history = notebook.ask("history_request", content).getAsJsonArray("history").toString();
    assertThat(history).contains("[\"\\\"remember me\\\"\",\"remember me\"]");
  }

  @Test
  void evaluates_user_expressions_beside_a_cell() {
    var content = new JsonObject();
    content.addProperty("code", "int side = 3;");
    content.addProperty("silent", false);
    var expressions = new JsonObject();
    expressions.addProperty("area", "side * side");
    expressions.addProperty("wrong", "side *");
    content.add("user_expressions", expressions);
    JsonObject found = notebook.ask("execute_request", content).getAsJsonObject("user_expressions");
    assertThat(
            found.getAsJsonObject("area").getAsJsonObject("data").get("text/plain").getAsString())
        .isEqualTo("9");
    assertThat(found.getAsJsonObject("wrong").get("status").getAsString()).isEqualTo("error");
  }

  @Test
  void a_silent_cell_shows_nothing_and_counts_not() {
    int before = notebook.run("1").reply().get("execution_count").getAsInt();
    var content = new JsonObject();
    content.addProperty("code", "1 + 1");
    content.addProperty("silent", true);
    notebook.ask("execute_request", content);
    assertThat(notebook.run("2").reply().get("execution_count").getAsInt()).isEqualTo(before + 1);
  }

  @Test
  void ignores_messages_that_are_badly_signed_or_no_messages_at_all() {
    byte[] empty = "{}".getBytes(StandardCharsets.UTF_8);
    byte[] delimiter = "<IDS|MSG>".getBytes(StandardCharsets.US_ASCII);
    byte[] wrong = "0".repeat(64).getBytes(StandardCharsets.US_ASCII);
    notebook.client.sendRaw(List.of(delimiter, wrong, empty, empty, empty, empty));
    notebook.client.sendRaw(List.of(delimiter));
    notebook.client.sendRaw(List.of(empty));
    assertThat(notebook.run("3").result()).isEqualTo("3");
  }

  @Test
  void ignores_a_request_it_does_not_know() {
    notebook.client.request("debug_request", new JsonObject());
    assertThat(notebook.run("4").result()).isEqualTo("4");
  }

  @Test
  void closes_a_comm_to_a_target_nobody_registered() {
    var content = new JsonObject();
    content.addProperty("comm_id", "c1");
    content.addProperty("target_name", "nobody");
    content.add("data", new JsonObject());
    String request = notebook.client.request("comm_open", content);
    assertThat(notebook.client.outputs(request, Notebooks.LIMIT))
        .anyMatch(output -> output.type().equals("comm_close"));
    assertThat(notebook.ask("comm_info_request", new JsonObject()).getAsJsonObject("comms").size())
        .isZero();
  }

  @Test
  void answers_the_cell_that_was_sent_before_it_was_ready_and_ends_when_asked()
      throws IOException, InterruptedException {
    try (var other = Notebooks.start()) {
      assertThat(other.run("1 + 1").result()).isEqualTo("2");
      var restart = new JsonObject();
      restart.addProperty("restart", true);
      String request = other.client.command("shutdown_request", restart);
      var reply = Objects.requireNonNull(other.client.commandReply(request, Duration.ofSeconds(5)));
      assertThat(reply.content().get("restart").getAsBoolean()).isTrue();
      assertThat(other.kernel().waitFor(5, TimeUnit.SECONDS)).isTrue();
      assertThat(other.kernel().exitValue()).isZero();
    }
  }
}
