package org.maskmine.dsl.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maskmine.UserError;
import org.maskmine.dsl.view.Sheet.Cell;
import org.maskmine.dsl.view.Sheet.Span;
import org.maskmine.dsl.view.Sheet.Tone;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class SheetTest {
  private static final Sheet SHEET =
      new Sheet(
          "Dice, %",
          List.of(new Span("", 1), new Span("validation", 2)),
          List.of("pipeline", "liver", "lesion"),
          List.of(
              List.of(
                  Cell.words("2D, \"base\""),
                  Cell.number(95.875, "95.9"),
                  Cell.figure("63.5 ± 0.6").tone(Tone.BEST)),
              List.of(
                  Cell.words("2D_Inc."),
                  Cell.number(96, "96.0"),
                  Cell.figure("–").tone(Tone.MUTED))),
          List.of("n = 3 seeds."));

  @TempDir private Path folder;

  @Test
  void as_text_its_columns_are_aligned() {
    assertThat(SHEET.view().content().get("text/plain"))
        .isEqualTo(
            """
            Dice, %
            pipeline    validation, liver  validation, lesion
            ─────────────────────────────────────────────────
            2D, "base"               95.9          63.5 ± 0.6
            2D_Inc.                  96.0                   –
            n = 3 seeds.\
            """);
  }

  @Test
  void as_html_it_marks_the_best_and_spans_its_headings() {
    assertThat(SHEET.view().content().get("text/html"))
        .contains(
            "<th class=\"maskmine-span\" colspan=\"2\">validation</th>",
            "<td class=\"maskmine-best\">63.5 ± 0.6</td>",
            "<td class=\"maskmine-muted\">–</td>",
            "<p class=\"maskmine-notes\">n = 3 seeds.</p>");
  }

  @Test
  void as_csv_numbers_are_whole_and_words_quoted() throws Exception {
    assertThat(saved("t.csv"))
        .isEqualTo(
            "pipeline,\"validation, liver\",\"validation, lesion\"\r\n"
                + "\"2D, \"\"base\"\"\",95.875,63.5 ± 0.6\r\n"
                + "2D_Inc.,96,–\r\n");
  }

  @Test
  void as_markdown_numbers_stand_at_the_right() throws Exception {
    assertThat(saved("t.md"))
        .isEqualTo(
            """
            **Dice, %**

            | pipeline | validation, liver | validation, lesion |
            | --- | ---: | ---: |
            | 2D, "base" | 95.9 | **63.5 ± 0.6** |
            | 2D_Inc. | 96.0 | – |

            n = 3 seeds.
            """);
  }

  @Test
  void as_latex_it_uses_the_rules_of_booktabs() throws Exception {
    assertThat(saved("t.tex"))
        .isEqualTo(
            """
            % needs \\usepackage{booktabs}
            \\begin{table}
              \\centering
              \\caption{Dice, \\%}
              \\begin{tabular}{lrr}
                \\toprule
                 & \\multicolumn{2}{c}{validation} \\\\
                \\cmidrule(lr){2-3}
                pipeline & liver & lesion \\\\
                \\midrule
                2D, "base" & 95.9 & \\textbf{63.5 $\\pm$ 0.6} \\\\
                2D\\_Inc. & 96.0 & \\textit{--} \\\\
                \\bottomrule
              \\end{tabular}
              \\par\\smallskip\\footnotesize n = 3 seeds.
            \\end{table}
            """);
  }

  @Test
  void as_a_workbook_numbers_stay_numbers() throws Exception {
    try (var zip = new ZipFile(SHEET.save(folder + "/t.xlsx").toFile())) {
      var page = zip.getInputStream(zip.getEntry("xl/worksheets/sheet1.xml"));
      assertThat(new String(page.readAllBytes(), StandardCharsets.UTF_8))
          .contains("<v>95.875</v>", "<v>96.0</v>");
    }
  }

  @Test
  void a_table_of_a_notebook_becomes_one_with_every_row() {
    double[] dice = new double[60];
    dice[59] = 0.50731;
    var table =
        Table.create(
            "t", StringColumn.create("run", new String[60]), DoubleColumn.create("D", dice));

    Sheet sheet = Sheet.of(table);
    assertThat(sheet.rows()).hasSize(60);
    assertThat(sheet.rows().get(59).get(1)).isEqualTo(Cell.number(0.50731, "0.507"));
  }

  @Test
  void another_ending_is_answered_in_one_sentence() {
    assertThatThrownBy(() -> SHEET.save("table1.doc"))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "table1.doc: a table is saved as .csv, .md, .tex or .xlsx; end the file's name with one"
                + " of them");
  }

  private String saved(String name) throws Exception {
    return Files.readString(SHEET.save(folder + "/" + name));
  }
}
