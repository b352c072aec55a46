package org.maskmine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.maskmine.kernel.Notebooks.Outcome;

@SuppressWarnings("NullAway.Init")
class CellsTest {
  private static Notebooks notebook;

  @BeforeAll
  static void start() throws IOException {
    notebook = Notebooks.start("-Xmx300m");
  }

  @AfterAll
  static void stop() throws IOException {
    notebook.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          1+1                                                                | 2
          1+1;                                                               | ``
          int a1 = 3;                                                        | ``
          int a2 = 3; a2                                                     | 3
          int a3 = 3; a3 = 4                                                 | 4
          new int[] {1, 2}                                                   | [1, 2]
          switch (a2) { case 3 -> "three"; default -> "other"; }              | three
          for (int i = 0; i < 2; i++) {}                                     | ``
          System.gc()                                                        | ``
          "text"                                                             | text
          (Object) null                                                      | null
          List.of(1, 2).stream().map(n -> n * n).collect(Collectors.toList()) | [1, 4]
          1 + // one\\n 2 // two                                              | 3
          /* nothing */                                                      | ``
          record P(int x, String y) {}\\nnew P(1, "b")                        | P[x=1, y=b]
          sealed interface S permits T {}\\nrecord T() implements S {}\\nS s = new T();\\ns | T[]
          class Box { int in; protected int twice; Box(int i) { in = i; twice = 2 * i; } int sum() { return in + twice; } }\\nnew Box(1).sum() | 3
          new Box(2).in + new Box(2).twice                                   | 6
          class Crate extends Box { Crate() { super(5); } int sum() { return -super.sum(); } }\\n((Box) new Crate()).sum() | -15
          enum Side { LEFT, RIGHT }\\nswitch (Side.RIGHT) { case LEFT -> "l"; case RIGHT -> "r"; } | r
          <T> T same(T t) { return t; }\\nsame(5)                             | 5
          int odd(int n) { return n == 0 ? 0 : even(n - 1); }\\nint even(int n) { return n == 0 ? 1 : odd(n - 1); }\\nodd(7) | 1
          import java.util.function.*;\\nIntSupplier four = () -> 4;\\nfour.getAsInt() | 4
          Table.create("t", DoubleColumn.create("c", 1, 2)).rowCount()       | 2
          """)
  void shows_the_value_of_a_last_expression_without_semicolon(String source, String shown) {
    Outcome outcome = notebook.run(source.replace("\\n", "\n"));
    assertThat(outcome.error()).isEmpty();
    assertThat(outcome.result()).isEqualTo(shown);
    assertThat(outcome.stderr()).isEmpty();
  }

  @Test
  void keeps_a_text_block_as_written() {
    assertThat(notebook.run("\"\"\"\n  one\n    two\n  \"\"\"").result()).isEqualTo("one\n  two\n");
  }

  @Test
  void sends_what_a_cell_prints_while_it_runs() {
    String request =
        notebook.client.execute("System.out.println(\"begun\"); Thread.sleep(60_000);");
    assertThat(notebook.awaitOutput("stream")).isNotNull();
    notebook.interrupt();
    assertThat(notebook.finish(request).error()).startsWith("Interrupted");
  }

  @Test
  void loses_none_of_a_hundred_thousand_lines_and_sends_them_together() {
    String request =
        notebook.client.execute(
            "for (int i = 0; i < 100_000; i++) System.out.println(\"line \" + i);");
    Outcome outcome = notebook.finish(request);
    String expected =
        IntStream.range(0, 100_000).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());
    assertThat(outcome.stdout()).isEqualTo(expected);
    assertThat(outcome.outputs().size()).isLessThan(500);
  }

  @Test
  void keeps_stdout_stderr_and_displays_in_order() {
    Outcome outcome =
        notebook.run(
            "System.out.print(\"1\"); System.err.print(\"2\"); display(3);"
                + " System.out.print(\"4\");");
    assertThat(
            outcome.outputs().stream().skip(1).map(output -> output.type() + output.text("text")))
        .containsExactly("stream1", "stream2", "display_data", "stream4");
  }

  @Test
  void addresses_what_a_thread_prints_later_to_the_cell_that_started_it() {
    String first =
        notebook.client.execute(
            "var gate = new java.util.concurrent.CountDownLatch(1);\n"
                + "new Thread(() -> { try { gate.await(); } catch (InterruptedException e) {}"
                + " System.out.println(\"late\"); }).start();");
    assertThat(notebook.finish(first).stdout()).isEmpty();
    notebook.client.execute("gate.countDown();");
    var late = Objects.requireNonNull(notebook.awaitOutput("stream"));
    assertThat(late.parent()).isEqualTo(first);
    assertThat(late.text("text")).isEqualTo("late\n");
  }

  @Test
  void writes_characters_of_several_bytes_whole() {
    assertThat(
            notebook.run("for (int i = 0; i < 20_000; i++) System.out.print(\"ü€😀\");").stdout())
        .isEqualTo("ü€😀".repeat(20_000));
  }

  @Test
  void cuts_a_cell_that_prints_without_end() {
    Outcome outcome =
        notebook.run("for (int i = 0; i < 400; i++) System.out.print(\"x\".repeat(100_000));");
    assertThat(outcome.status()).isEqualTo("ok");
    assertThat(outcome.stdout().length()).isLessThan(17_000_000);
    assertThat(outcome.stderr())
        .isEqualTo(
            "\n… output cut: this cell printed more than 16 MB; print less or write to a file\n");
  }

  @Test
  void reads_a_line_from_the_user() {
    String request =
        notebook.client.execute("new Scanner(System.in).nextLine() + input(\"more?\")");
    assertThat(notebook.client.inputRequest(Notebooks.LIMIT)).isNotNull();
    notebook.client.answerInput("first");
    var second = Objects.requireNonNull(notebook.client.inputRequest(Notebooks.LIMIT));
    assertThat(second.text("prompt")).isEqualTo("more?");
    notebook.client.answerInput("second");
    assertThat(notebook.finish(request).result()).isEqualTo("firstsecond");
  }

  @Test
  void updates_a_display_in_place_and_always_to_its_last_state() {
    Outcome outcome =
        notebook.run(
            "displayAs(\"bar\", 0); for (int i = 1; i <= 100; i++) updateDisplay(\"bar\", i);");
    var last = outcome.outputs().get(outcome.outputs().size() - 1);
    assertThat(last.type()).isEqualTo("update_display_data");
    assertThat(last.content().toString()).contains("\"text/plain\":\"100\"").contains("\"bar\"");
    assertThat(outcome.outputs().size()).isLessThan(10);
  }

  @Test
  void a_value_survives_when_the_method_it_came_from_is_edited() {
    notebook.run("int helper() { return 1; }\nvar trained = new int[] {helper(), 42};");
    Outcome edit = notebook.run("int helper() { return 2; }");
    assertThat(edit.stderr()).isEmpty();
    assertThat(notebook.run("trained[0] + \" \" + trained[1]").result()).isEqualTo("1 42");
  }

  @Test
  void says_which_value_was_lost_because_its_class_was_edited() {
    notebook.run("class Lesion { int size = 3; }\nLesion lesion = new Lesion();");
    assertThat(notebook.run("class Lesion { int size = 4; }").stderr())
        .isEqualTo(
            "lesion: lost its value, because this cell changed the class of that value; run the"
                + " cell that makes lesion again\n");
    assertThat(notebook.run("lesion").result()).isEqualTo("null");
  }

  @Test
  void a_variable_that_is_declared_anew_has_lost_nothing() {
    notebook.run("int anew = 1;\nvar list = List.of(1);");
    for (String cell :
        new String[] {"int anew = 2;", "String anew = \"3\";", "var list = List.of(2);"}) {
      assertThat(notebook.run(cell).stderr()).as(cell).isEmpty();
    }
    assertThat(notebook.run("anew + list").result()).isEqualTo("3[2]");
  }

  @Test
  void a_cell_with_an_anonymous_class_runs_again_also_after_it_failed() {
    String cell = "var pair = new Object() { int left = %s; int right = 2; };\npair.left";
    assertThat(notebook.run(cell.formatted("1")).result()).isEqualTo("1");
    assertThat(notebook.run(cell.formatted("1")).result()).isEqualTo("1");
    assertThat(notebook.run(cell.formatted("Integer.parseInt(\"x\")")).reply().get("ename"))
        .hasToString("\"java.lang.NumberFormatException\"");
    assertThat(notebook.run(cell.formatted("3")).result()).isEqualTo("3");
    assertThat(notebook.run("pair.left + pair.right").result()).isEqualTo("5");
  }

  @Test
  void a_declaration_that_throws_leaves_the_variable_what_it_had() {
    notebook.run("int[] kept = {1, 2};\nint count = 7;");
    Outcome outcome = notebook.run("int[] kept = {1 / 0};");
    assertThat(outcome.error()).startsWith("java.lang.ArithmeticException: / by zero");
    assertThat(outcome.stderr()).isEmpty();
    notebook.run("int count = 1 / 0;");
    assertThat(notebook.run("kept.length + count").result()).isEqualTo("9");
  }

  @Test
  void a_variable_of_a_type_without_a_name_keeps_its_value_where_a_declaration_fails() {
    notebook.run("var mixed = List.of(1, \"a\");");
    assertThat(notebook.run("String mixed = \"\".repeat(-1);").stderr()).isEmpty();
    assertThat(notebook.run("mixed.size()").result()).isEqualTo("2");
    assertThat(notebook.run("Strng mixed = \"\";").stderr()).isEmpty();
    assertThat(notebook.run("mixed.size()").result()).isEqualTo("2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          String typed = "".repeat(-1);  | java.lang.IllegalArgumentException: count is negative: -1
          Object typed = "".repeat(-1);  | java.lang.IllegalArgumentException: count is negative: -1
          Strng typed = "1";             | CompileError
          long size = 1 / 0;             | java.lang.ArithmeticException: / by zero
          long size = 1, typed = 1 / 0;  | java.lang.ArithmeticException: / by zero
          """)
  void a_declaration_with_another_type_that_fails_leaves_the_variable_its_type_and_value(
      String cell, String error) {
    notebook.run("int[] typed = {1, 2};\nint size = typed.length;");
    Outcome outcome = notebook.run(cell);
    assertThat(outcome.error()).startsWith(error);
    assertThat(outcome.stderr()).isEmpty();
    boolean given = cell.startsWith("long size = 1,");
    Outcome after = notebook.run("int[] same = typed;\ntyped.length + \" \" + size");
    assertThat(after.error()).isEmpty();
    assertThat(after.result()).isEqualTo(given ? "2 1" : "2 2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          int first = 1, second = 1 / 0;                 | 1 6
          int first = 1 / 0, second = 8;                 | 5 8
          int first = 1 / 0, second = 1 / 0;             | 5 6
          int first = 1, second = 8;                     | 1 8
          int first = 1, second = first;                 | 1 1
          int second = first, first = 1;                 | 1 5
          int first = 1, second = first++;               | 2 1
          int first = 1, second;                         | 1 0
          """)
  void of_several_variables_only_those_whose_own_declaration_throws_keep_what_they_had(
      String cell, String values) {
    for (String before :
        new String[] {"int first = 5, second = 6;", "int first = 5, second = first + 1;"}) {
      notebook.run(before);
      assertThat(notebook.run(cell).stderr()).isEmpty();
      assertThat(notebook.run("first + \" \" + second").result()).as(before).isEqualTo(values);
    }
  }

  @Test
  void a_declaration_reads_variables_that_depend_on_the_one_it_replaces() {
    notebook.run("int base = 3;\nint doubled = 2 * base;");
    assertThat(notebook.run("int base = doubled + 1;").stderr()).isEmpty();
    assertThat(notebook.run("base + \" \" + doubled").result()).isEqualTo("7 6");
    notebook.run("int base = 1 / (doubled - 6);");
    assertThat(notebook.run("base + \" \" + doubled").result()).isEqualTo("7 6");
  }

  @Test
  void each_of_several_declarations_reads_the_variables_that_depend_on_it() {
    notebook.run("int left = 1, right = 2;\nvar pair = new int[] {2 * right};");
    Outcome outcome = notebook.run("int left = 5 + pair[0]++, right = pair[0] + 1;");
    assertThat(outcome.stderr()).isEmpty();
    assertThat(notebook.run("left + \" \" + right + \" \" + pair[0]").result()).isEqualTo("9 6 5");
  }

  @Test
  void what_a_declaration_writes_into_a_variable_that_depends_on_it_stays() {
    notebook.run("int held = 3;\nint calls = held - held;\nint call() { return ++calls; }");
    assertThat(notebook.run("int held = call();").stderr()).isEmpty();
    assertThat(notebook.run("held + \" \" + calls").result()).isEqualTo("1 1");
  }

  @Test
  void a_lambda_of_an_earlier_cell_reads_what_a_variable_holds_now() {
    notebook.run("String prefix = \"a\";\nFunction<String, String> put = s -> prefix + s;");
    notebook.run("String prefix = \"b\";");
    assertThat(notebook.run("put.apply(\"x\")").result()).isEqualTo("bx");
    notebook.run("prefix = \"c\";");
    assertThat(notebook.run("put.apply(\"x\")").result()).isEqualTo("cx");
    notebook.run("String prefix = \"\".repeat(-1);");
    assertThat(notebook.run("put.apply(\"x\")").result()).isEqualTo("cx");
  }

  @Test
  void of_several_declarations_that_throw_the_first_is_told() {
    assertThat(notebook.run("Object one = 1 / 0, two = load(\"nowhere\");").error())
        .isEqualTo("java.lang.ArithmeticException: / by zero");
  }

  @Test
  void values_of_earlier_expressions_of_a_cell_are_let_go_of_before_its_last() {
    Outcome outcome =
        notebook.run("switch (1) { default -> new float[15_000_000]; }\n".repeat(8) + "1 + 1");
    assertThat(outcome.error()).isEmpty();
    assertThat(outcome.result()).isEqualTo("2");
  }

  @Test
  void a_method_that_hides_a_verb_says_so() {
    assertThat(notebook.run("int train(int n) { return n; }").stderr())
        .isEqualTo(
            "train: your method hides the notebook's own train; rename it, or write Maskmine.train"
                + " for the notebook's\n");
    assertThat(notebook.run("int trainAll(int n) { return n; }").stderr()).isEmpty();
  }

  @Test
  void memory_stays_flat_when_a_cell_with_a_big_value_is_run_again_and_again() {
    runBigCells(12);
  }

  @Test
  @Tag("long")
  void memory_stays_flat_when_a_cell_with_a_big_value_is_run_two_hundred_times() {
    runBigCells(200);
  }

  /** Each pass makes 70 MB, in a kernel that has 300 MB. */
  private static void runBigCells(int times) {
    for (int i = 0; i < times; i++) {
      assertThat(notebook.run("var big = new float[15_000_000];").error()).isEmpty();
      assertThat(notebook.run("new float[2_500_000]").error()).isEmpty();
    }
  }
}
