package org.maskmine.kernel.shell;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import jdk.jshell.JShell;
import jdk.jshell.Snippet.Status;
import jdk.jshell.SnippetEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

@EnabledForJreRange(max = JRE.JAVA_17, disabledReason = "newer ones compile twice")
class CompilersTest {
  /** As JShell's pool counts them: one for the form of snippets, one for the rest. */
  private static final String TWO_COMPILERS = "2 newly created Contexts";

  private static JShell jshell() {
    JShell jshell = JShell.builder().executionEngine("local").build();
    CompilerPool.renew(jshell);
    return jshell;
  }

  private static String statistics(JShell jshell) throws ReflectiveOperationException {
    Object pool = JShellParts.of(jshell, "taskFactory", "javacTaskPool");
    var text = new ByteArrayOutputStream();
    ((Compilers) pool).printStatistics(new PrintStream(text, true, StandardCharsets.UTF_8));
    return text.toString(StandardCharsets.UTF_8);
  }

  private static String value(JShell jshell, String code) {
    List<SnippetEvent> events = jshell.eval(code);
    assertThat(events.get(0).status()).as(code).isEqualTo(Status.VALID);
    return String.valueOf(events.get(0).value());
  }

  @Test
  void a_snippet_is_compiled_once_and_runs_as_ever() throws Exception {
    try (JShell jshell = jshell()) {
      jshell.eval("import java.util.*; import java.util.function.*;");
      jshell.eval("Object shown = 6 * 7;");
      jshell.eval("IntSupplier four = () -> 4;");
      assertThat(statistics(jshell)).contains(TWO_COMPILERS);
      assertThat(value(jshell, "shown")).isEqualTo("42");
      assertThat(value(jshell, "four.getAsInt()")).isEqualTo("4");
    }
  }

  @Test
  void classes_inside_a_snippet_are_handed_over_with_it() {
    try (JShell jshell = jshell()) {
      jshell.eval("enum Side { LEFT, RIGHT }");
      jshell.eval(
          "String name(Side side) { return switch (side) { case LEFT -> \"l\"; case RIGHT -> \"r\"; }; }");
      assertThat(value(jshell, "name(Side.RIGHT)")).isEqualTo("\"r\"");
      assertThat(value(jshell, "new Object() { int seven() { return 7; } }.seven()"))
          .isEqualTo("7");
    }
  }

  @Test
  void a_snippet_with_an_error_is_refused_and_the_next_one_runs() {
    try (JShell jshell = jshell()) {
      assertThat(jshell.eval("Object o = missing;").get(0).status()).isEqualTo(Status.REJECTED);
      assertThat(value(jshell, "Object o = 1;")).isEqualTo("1");
    }
  }

  @Test
  void what_names_something_still_missing_runs_once_it_is_there() {
    try (JShell jshell = jshell()) {
      assertThat(jshell.eval("int twice() { return 2 * half; }").get(0).status())
          .isEqualTo(Status.RECOVERABLE_DEFINED);
      jshell.eval("int half = 4;");
      assertThat(value(jshell, "twice()")).isEqualTo("8");
    }
  }

  @Test
  void a_class_path_that_grows_keeps_compiling_once() throws Exception {
    try (JShell jshell = jshell()) {
      jshell.addToClasspath(System.getProperty("java.io.tmpdir"));
      CompilerPool.renew(jshell);
      assertThat(value(jshell, "Object o = 2;")).isEqualTo("2");
      assertThat(statistics(jshell)).contains(TWO_COMPILERS);
    }
  }

  @Test
  void a_snippet_that_is_too_large_for_a_class_file_is_refused_and_the_next_one_runs() {
    String numbers = IntStream.range(0, 20_000).mapToObj(n -> "" + n).collect(joining(", "));
    try (JShell jshell = jshell()) {
      SnippetEvent event = jshell.eval("Object o = new int[] {" + numbers + "};").get(0);
      assertThat(event.status()).isNotEqualTo(Status.VALID);
      assertThat(jshell.diagnostics(event.snippet()).map(each -> each.getMessage(Locale.ENGLISH)))
          .containsExactly("code too large");
      assertThat(value(jshell, "Object p = 1;")).isEqualTo("1");
    }
  }
}
