package org.maskmine.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlainLibraryTest {
  @Test
  void the_core_trains_mines_and_retrains_without_a_notebook(@TempDir Path workspace) {
    var printed = new ByteArrayOutputStream();
    PrintStream out = System.out;
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      PlainLibrary.main(new String[] {workspace.toString()});
    } finally {
      System.setOut(out);
    }
    List<String> lines = printed.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).matches("base-[0-9a-f]+: FP \\d+, FN \\d+, TP \\d+, in .*");
    assertThat(lines.get(1)).matches("dice-[0-9a-f]+: FP \\d+, FN \\d+, TP \\d+, in .*");
    Path run = Path.of(lines.get(1).substring(lines.get(1).lastIndexOf(" in ") + 4));
    assertThat(run.resolve("lesion.kept.safetensors")).isRegularFile();
    assertThat(Files.exists(run.resolve("scores.json"))).isTrue();
  }

  /** What the example's documentation promises. */
  @Test
  void nothing_of_notebooks_tables_or_charts_is_on_its_class_path() {
    for (String type :
        List.of(
            "org.maskmine.dsl.Maskmine",
            "org.maskmine.kernel.Main",
            "tech.tablesaw.api.Table",
            "org.jfree.chart.JFreeChart")) {
      assertThat(getClass().getClassLoader().getResource(type.replace('.', '/') + ".class"))
          .as(type)
          .isNull();
    }
  }
}
