package org.maskmine.dsl.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.maskmine.UserError;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.numbers.NumberColumnFormatter;

class ViewsTest {
  @Test
  void a_table_aligns_numbers_and_rounds_them_alike() {
    var table =
        Table.create(
            "runs",
            StringColumn.create("run", "base", "dice"),
            DoubleColumn.create("Dice", 0.50731, Double.NaN),
            LongColumn.create("FP", 916L, 12350L));

    assertThat(text(table))
        .isEqualTo(
            """
            runs
            run    Dice      FP
            ───────────────────
            base  0.507     916
            dice      –  12,350\
            """);
    assertThat(html(table))
        .endsWith(
            "<table class=\"maskmine-table\"><caption>runs</caption><thead><tr>"
                + "<th class=\"maskmine-words\">run</th><th>Dice</th><th>FP</th></tr></thead>"
                + "<tbody><tr><td class=\"maskmine-words\">base</td><td>0.507</td><td>916</td></tr>"
                + "<tr><td class=\"maskmine-words\">dice</td><td>–</td><td>12,350</td></tr>"
                + "</tbody></table>");
  }

  @Test
  void a_long_table_shows_its_ends_and_says_how_long_it_is() {
    var table =
        Table.create(
            "", LongColumn.create("n", IntStream.range(0, 12345).mapToLong(i -> i).toArray()));

    String[] lines = text(table).split("\n");
    assertThat(lines).hasSize(2 + 20 + 1 + 5 + 1);
    assertThat(lines[21].strip()).isEqualTo("19");
    assertThat(lines[22].strip()).isEqualTo("⋮");
    assertThat(lines[23].strip()).isEqualTo("12,340");
    assertThat(lines[28]).isEqualTo("12,345 rows × 1 columns");
  }

  @Test
  void a_long_table_has_pages_of_25_rows_and_names_the_types_of_its_columns() {
    long[] numbers = IntStream.range(0, 12345).mapToLong(i -> i).toArray();
    String[] names = IntStream.range(0, 12345).mapToObj(i -> "case").toArray(String[]::new);
    String page =
        html(Table.create("", LongColumn.create("n", numbers), StringColumn.create("s", names)));

    assertThat(page.split("<tbody>", -1)).hasSize(1 + 20);
    assertThat(page.split("<tr>", -1)).hasSize(1 + 2 + 20 * 25);
    assertThat(page)
        .contains("<small>long</small>", "<small>string</small>", "12,345 rows × 2 columns")
        .contains("<td>474</td>", "<td>12,320</td>", "<td>12,344</td>")
        .doesNotContain("<td>475</td>");
  }

  @Test
  void a_format_that_somebody_chose_is_kept() {
    var share = DoubleColumn.create("share", 0.5);
    share.setPrintFormatter(NumberColumnFormatter.percent(1));

    assertThat(text(Table.create("", share))).endsWith(share.getString(0));
  }

  @Test
  void names_cannot_smuggle_markup_into_a_page() {
    String evil = "<img src=x onerror=\"alert('1')\">&";
    String safe = "&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;";

    assertThat(html(Table.create(evil, StringColumn.create(evil, evil))))
        .doesNotContain("<img")
        .contains("<caption>" + safe, "words\">" + safe + "</th>", "words\">" + safe + "</td>");
    assertThat(html(Map.of("case", evil))).doesNotContain("<img").contains(safe);
    assertThat(html(Views.stack(evil)))
        .isEqualTo("<div class=\"maskmine\"><p>" + safe + "</p></div>");
  }

  @Test
  void records_become_rows_and_maps_pairs() {
    record Voxel(int x, double hu) {}

    assertThat(text(List.of(new Voxel(1, 0.25), new Voxel(2, 40.5))))
        .isEqualTo("x     hu\n────────\n1   0.25\n2  40.50");
    assertThat(text(Map.of("seed", 7))).isEqualTo("key   value\n───────────\nseed      7");
    assertThat(text(Map.of())).isEqualTo("empty map");
  }

  @Test
  void lists_and_arrays_are_one_line_and_long_arrays_tell_their_range() {
    assertThat(text(List.of("a", "b"))).isEqualTo("[a, b]");
    assertThat(text(new int[] {1, 2})).isEqualTo("[1, 2]");
    assertThat(text(IntStream.rangeClosed(1, 20_001).toArray()))
        .startsWith("[1, 2, 3")
        .endsWith("100, … 20,001 elements]\nmin 1, mean 10,001, max 20,001");
  }

  @Test
  void an_image_is_a_png_with_its_size_in_words() {
    var view = Views.of(new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB));

    assertThat(view.content().keySet()).containsExactly("image/png", "text/plain");
    assertThat(view.content().get("text/plain")).isEqualTo("image of 3×2 pixels");
  }

  @Test
  void a_figure_is_saved_as_svg_pdf_or_png_only() {
    var chart =
        new PlainChart(new org.jfree.chart.JFreeChart(new org.jfree.chart.plot.PiePlot<String>()));

    assertThatThrownBy(() -> chart.save("fig4.eps"))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "fig4.eps: a figure is saved as .svg, .pdf or .png; end the file's name with one of"
                + " them");
  }

  private static String text(Object value) {
    return Objects.requireNonNull(Views.of(value).content().get("text/plain"));
  }

  private static String html(Object value) {
    return Objects.requireNonNull(Views.of(value).content().get("text/html"));
  }
}
