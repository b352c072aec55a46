package org.maskmine.dsl.view;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A sheet as text: aligned for a terminal, as CSV, as Markdown. */
final class SheetText {
  private SheetText() {}

  /** Columns under one another, notes below. */
  static String aligned(Sheet sheet) {
    List<String> names = names(sheet);
    List<Grid.Column> columns =
        IntStream.range(0, names.size())
            .mapToObj(
                i ->
                    new Grid.Column(
                        names.get(i),
                        "",
                        sheet.rows().stream().anyMatch(r -> r.get(i).number()),
                        sheet.rows().stream().map(r -> r.get(i).text()).toList()))
            .toList();
    String table = new Grid(sheet.title(), columns, sheet.rows().size()).text();
    return sheet.notes().isEmpty() ? table : table + "\n" + String.join("\n", sheet.notes());
  }

  /** Headings with what stands above them: {@code validation, lesion}. */
  static List<String> names(Sheet sheet) {
    List<String> above = new ArrayList<>();
    for (Sheet.Span span : sheet.spans()) {
      above.addAll(Collections.nCopies(span.columns(), span.words()));
    }
    if (above.isEmpty()) {
      return sheet.columns();
    }
    return IntStream.range(0, sheet.columns().size())
        .mapToObj(
            i ->
                above.get(i).isEmpty()
                    ? sheet.columns().get(i)
                    : above.get(i) + ", " + sheet.columns().get(i))
        .toList();
  }

  /** As RFC 4180 says, numbers in full; notes are left out. */
  static String csv(Sheet sheet) {
    var out = new StringBuilder();
    line(out, names(sheet));
    sheet.rows().forEach(row -> line(out, row.stream().map(SheetText::full).toList()));
    return out.toString();
  }

  private static String full(Sheet.Cell cell) {
    Double value = cell.value();
    if (value == null) {
      return cell.text();
    }
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString(value.longValue())
        : value.toString();
  }

  private static void line(StringBuilder out, List<String> cells) {
    out.append(cells.stream().map(SheetText::quoted).collect(Collectors.joining(",")));
    out.append("\r\n");
  }

  private static String quoted(String cell) {
    boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }

  /** With pipes, numbers at the right, notes below. */
  static String markdown(Sheet sheet) {
    var out = new StringBuilder();
    if (!sheet.title().isEmpty()) {
      out.append("**").append(sheet.title()).append("**\n\n");
    }
    out.append(row(names(sheet)));
    out.append(
        row(
            IntStream.range(0, sheet.columns().size())
                .mapToObj(
                    i -> sheet.rows().stream().anyMatch(r -> r.get(i).number()) ? "---:" : "---")
                .toList()));
    for (List<Sheet.Cell> cells : sheet.rows()) {
      out.append(row(cells.stream().map(SheetText::marked).toList()));
    }
    sheet.notes().forEach(note -> out.append('\n').append(note).append('\n'));
    return out.toString();
  }

  private static String marked(Sheet.Cell cell) {
    String text = cell.text().replace("|", "\\|");
    return cell.tone() == Sheet.Tone.BEST ? "**" + text + "**" : text;
  }

  private static String row(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }
}
