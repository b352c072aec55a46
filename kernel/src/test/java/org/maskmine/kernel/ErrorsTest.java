package org.maskmine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.maskmine.dsl.TrainOption;
import org.maskmine.kernel.Notebooks.Outcome;

class ErrorsTest extends InNotebook {
  @Test
  void shows_message_first_then_the_cells_own_line() {
    Outcome outcome = notebook.run("int x = 0;\nint y = 1;\nint z = y / x;\nint w = 2;");
    assertThat(outcome.error()).isEqualTo("java.lang.ArithmeticException: / by zero");
    assertThat(outcome.account())
        .isEqualTo(
            """
            java.lang.ArithmeticException: / by zero
              in cell [%d], line 3
                    1 | int x = 0;
                    2 | int y = 1;
            --->    3 | int z = y / x;
                    4 | int w = 2;\
            """
                .formatted(outcome.reply().get("execution_count").getAsInt()));
  }

  @Test
  void follows_a_call_into_an_earlier_cell_and_shows_the_cause() {
    int first =
        notebook
            .run(
                "void boom() {\n"
                    + "  throw new IllegalStateException(\"outer\", new"
                    + " RuntimeException(\"inner\"));\n"
                    + "}")
            .reply()
            .get("execution_count")
            .getAsInt();
    Outcome outcome = notebook.run("boom();");
    assertThat(outcome.account())
        .isEqualTo(
            """
            java.lang.IllegalStateException: outer
              in cell [%d], line 2 (boom)
              in cell [%d], line 1
            --->    1 | boom();
            caused by java.lang.RuntimeException: inner\
            """
                .formatted(first, first + 1));
  }

  @Test
  void shows_a_failure_the_user_can_mend_as_its_one_sentence() {
    Outcome outcome =
        notebook.run(
            "throw new org.maskmine.UserError(\"spacing 0.0 mm: must be positive; check"
                + " pixdim\");");
    assertThat(outcome.error())
        .isEqualTo("UserError: spacing 0.0 mm: must be positive; check pixdim");
    assertThat(outcome.account()).isEqualTo("spacing 0.0 mm: must be positive; check pixdim");
  }

  @Test
  void finds_the_sentence_in_a_failure_that_passed_through_another_thread() {
    Outcome outcome =
        notebook.run(
            """
            java.util.concurrent.CompletableFuture.runAsync(() -> {
              throw new org.maskmine.UserError("depth 9: must be at most 5; use depth(5)");
            }).join();\
            """);
    assertThat(outcome.error()).isEqualTo("UserError: depth 9: must be at most 5; use depth(5)");
  }

  @Test
  void marks_what_the_compiler_means() {
    Outcome outcome = notebook.run("// a cell\nint n = 1;\nint m = \"a\" + n;");
    assertThat(outcome.account())
        .isEqualTo(
            """
            line 3: incompatible types: String cannot be converted to int
                int m = "a" + n;
                        ^^^^^^^\
            """);
  }

  @Test
  void names_the_nearest_verb_for_a_misspelt_one() {
    Outcome outcome = notebook.run("displya(3);");
    assertThat(outcome.error())
        .isEqualTo("CompileError: displya: no such verb or variable; did you mean display?");
    assertThat(outcome.account())
        .isEqualTo(
            """
            line 1: displya: no such verb or variable; did you mean display?
                displya(3);
                ^^^^^^^\
            """);
  }

  @Test
  void names_the_nearest_variable_member_and_type() {
    notebook.run("var threshold = List.of(1);");
    assertThat(notebook.run("threshhold").error())
        .isEqualTo("CompileError: threshhold: no such verb or variable; did you mean threshold?");
    Outcome member = notebook.run("threshold.sizze()");
    assertThat(member.error()).isEqualTo("CompileError: sizze: no such member; did you mean size?");
    assertThat(member.account()).endsWith("    threshold.sizze()\n              ^^^^^");
    assertThat(notebook.run("ArrayLst<String> names;").error())
        .isEqualTo("CompileError: ArrayLst: no such type; did you mean ArrayList?");
  }

  @Test
  void says_in_one_sentence_what_an_argument_of_the_wrong_kind_should_be() {
    notebook.run("Data none = null;");
    assertThat(notebook.run("train(none, 5)").error())
        .isEqualTo(
            "CompileError: train(Data, int): takes (Data, TrainOption...), and int is no"
                + " TrainOption; made by "
                + String.join(", ", Options.makers(TrainOption.class)));
    assertThat(notebook.run("mine(3)").error())
        .isEqualTo("CompileError: int is no Run; made by importRun, retrain, run, train");
  }

  @Test
  void runs_nothing_of_a_cell_that_ends_in_the_middle_of_a_statement() {
    Outcome outcome = notebook.run("System.out.println(\"ran\");\nint q = (3 + ");
    assertThat(outcome.error())
        .isEqualTo(
            "CompileError: the cell ends in the middle of a statement: close every ( with ) and every { with }");
    assertThat(outcome.stdout()).isEmpty();
  }

  @Test
  void says_what_a_method_still_needs_and_runs_it_once_that_is_there() {
    assertThat(notebook.run("int area() { return breadth() * 2; }").stderr())
        .isEqualTo("area: cannot be used until method breadth() is declared\n");
    assertThat(notebook.run("area()").error())
        .isEqualTo("NotDeclared: area: cannot be used until method breadth() is declared");
    notebook.run("int breadth() { return 4; }");
    assertThat(notebook.run("area()").result()).isEqualTo("8");
  }

  @Test
  void says_what_goes_wrong_while_a_value_is_shown() {
    Outcome mute =
        notebook.run(
            "class Mute { public String toString() { throw new IllegalStateException(\"no text\"); }"
                + " }\nnew Mute()");
    assertThat(mute.error()).isEqualTo("java.lang.IllegalStateException: no text");
    Outcome torn =
        notebook.run(
            "class Torn implements org.maskmine.dsl.view.Viewable { public"
                + " org.maskmine.dsl.view.View view() { throw new org.maskmine.UserError(\"torn: must"
                + " be whole; mend it\"); } }\nnew Torn()");
    assertThat(torn.error()).isEqualTo("UserError: torn: must be whole; mend it");
    assertThat(notebook.run("1 + 1").result()).isEqualTo("2");
  }

  @Test
  void turns_away_the_cells_that_wait_behind_a_failed_one() {
    String slow =
        notebook.client.execute("Thread.sleep(500); throw new RuntimeException(\"stop\");");
    String waiting = notebook.client.execute("System.out.println(\"never\");");
    assertThat(notebook.finish(slow).error()).isEqualTo("java.lang.RuntimeException: stop");
    Outcome aborted = notebook.finish(waiting);
    assertThat(aborted.status()).isEqualTo("aborted");
    assertThat(aborted.stdout()).isEmpty();
    assertThat(notebook.run("1").result()).isEqualTo("1");
  }

  @Test
  void keeps_a_variable_whose_new_declaration_names_no_type() {
    notebook.run("StringBuilder kept = new StringBuilder(\"base\");");
    Outcome outcome = notebook.run("stringbuilder kept = new StringBuilder(\"other\");");
    assertThat(outcome.error())
        .isEqualTo("CompileError: stringbuilder: no such type; did you mean StringBuilder?");
    assertThat(outcome.stderr()).isEmpty();
    assertThat(notebook.run("kept.toString()").result()).isEqualTo("base");
  }

  @Test
  void names_of_a_library_what_the_cell_called_and_no_more() {
    assertThat(notebook.run("int n = Integer.parseInt(\"volume\");").account().lines().skip(1))
        .startsWith("  in Integer.parseInt")
        .hasSize(3);
  }

  @Test
  void says_once_where_a_method_that_calls_itself_does_so() {
    notebook.run("int down(int n) { return down(n + 1) + 1; }");
    Outcome outcome = notebook.run("int m = down(0);");
    assertThat(outcome.error())
        .isEqualTo("java.lang.StackOverflowError: a method calls itself without end");
    assertThat(outcome.account().lines()).hasSizeLessThan(6);
  }

  @Test
  void survives_a_stack_overflow_and_exhausted_memory() {
    notebook.run("int deep(int n) { return deep(n + 1) + 1; }");
    assertThat(notebook.run("deep(0)").error()).startsWith("java.lang.StackOverflowError");
    assertThat(notebook.run("long[][] all = new long[Integer.MAX_VALUE][100];").error())
        .startsWith(
            "java.lang.OutOfMemoryError: Requested array size exceeds VM limit; Java may use ");
    assertThat(notebook.run("2").result()).isEqualTo("2");
  }

  @Test
  void memory_filled_by_a_variable_is_said_with_the_remedy_and_the_next_cell_frees_it()
      throws IOException {
    try (var small = Notebooks.start("-Xmx200m")) {
      for (int i = 0; i < 3; i++) {
        Outcome full =
            small.run(
                "var hoard = new ArrayList<byte[]>();\nwhile (true) hoard.add(new byte[100_000]);");
        assertThat(full.error())
            .matches(
                "java.lang.OutOfMemoryError: Java heap space; Java may use \\d+ MB: set variables"
                    + " that are no longer needed to null, make values smaller, or install the kernel"
                    + " with --jvm-arg -Xmx1g");
        assertThat(small.run("hoard = null;").error()).isEmpty();
        assertThat(small.run("new byte[100_000_000].length").result()).isEqualTo("100000000");
      }
    }
  }

  @Test
  void a_cell_too_deep_for_the_compiler_is_said_and_the_next_one_runs() {
    String deep = "(".repeat(20_000) + "1" + ")".repeat(20_000);
    assertThat(notebook.run(deep).error())
        .isEqualTo(
            "CompileError: the cell is nested too deeply for the compiler; write it as several"
                + " statements");
    assertThat(notebook.complete("Math.hyp")).containsExactly("hypot(");
    assertThat(notebook.run("3").result()).isEqualTo("3");
  }
}
