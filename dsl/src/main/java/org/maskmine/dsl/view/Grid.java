package org.maskmine.dsl.view;

import java.util.ArrayList;
import java.util.List;

/**
 * A table of text, ready to be shown.
 *
 * @param title above it; may be empty
 * @param columns in order
 * @param rows of the whole table; columns may hold fewer, with a gap where the others are left out
 */
record Grid(String title, List<Column> columns, int rows) {
  private static final int SHOWN = 40;
  private static final int HEAD = 20;
  private static final int TAIL = 5;
  private static final int LONGEST_CELL = 120;

  /** The look of every table; several of them do no harm. */
  static final String STYLE =
      "<style>.maskmine-table{border-collapse:collapse;margin:.4em"
          + " 0;font-variant-numeric:tabular-nums}.maskmine-table"
          + " caption{caption-side:top;text-align:left;font-weight:600;padding:.2em"
          + " .7em}.maskmine-table th,.maskmine-table td{padding:.25em .7em;text-align:right;"
          + "border:0;white-space:nowrap;color:inherit}.maskmine-table th{border-bottom:1px solid"
          + " currentColor;font-weight:600}.maskmine-table tbody tr+tr td{border-top:1px solid"
          + " rgba(128,128,128,.25)}.maskmine-table .maskmine-words{text-align:left}</style>";

  /** Copies the list. */
  Grid {
    columns = List.copyOf(columns);
  }

  /**
   * One column.
   *
   * @param numbers whether its cells stand at the right
   * @param cells of the rows that are shown
   */
  record Column(String name, boolean numbers, List<String> cells) {
    /** Copies the list and cuts what no cell can hold. */
    Column {
      cells = cells.stream().map(Column::cut).toList();
    }

    private static String cut(String cell) {
      return cell.length() <= LONGEST_CELL ? cell : cell.substring(0, LONGEST_CELL - 1) + "…";
    }

    int width() {
      int width = name.length();
      for (String cell : cells) {
        width = Math.max(width, cell.length());
      }
      return width;
    }
  }

  /** The rows of a table of this length that are shown: all, or the first and the last. */
  static int[] shown(int rows) {
    int n = rows <= SHOWN ? rows : HEAD + TAIL;
    int[] shown = new int[n];
    for (int i = 0; i < n; i++) {
      shown[i] = i < HEAD || rows <= SHOWN ? i : rows - n + i;
    }
    return shown;
  }

  View view() {
    return View.html(html(), text());
  }

  private int shownRows() {
    return columns.isEmpty() ? 0 : columns.get(0).cells().size();
  }

  private boolean cut() {
    return shownRows() < rows;
  }

  private String size() {
    return Numbers.whole(rows) + " rows × " + columns.size() + " columns";
  }

  private String html() {
    var out = new StringBuilder(STYLE).append("<table class=\"maskmine-table\">");
    if (!title.isEmpty()) {
      out.append("<caption>").append(Html.escape(title)).append("</caption>");
    }
    out.append("<thead><tr>");
    for (Column c : columns) {
      cell(out, "th", c, c.name());
    }
    out.append("</tr></thead><tbody>");
    for (int row = 0; row < shownRows(); row++) {
      if (cut() && row == HEAD) {
        out.append("<tr>");
        columns.forEach(c -> cell(out, "td", c, "⋮"));
        out.append("</tr>");
      }
      out.append("<tr>");
      for (Column c : columns) {
        cell(out, "td", c, c.cells().get(row));
      }
      out.append("</tr>");
    }
    out.append("</tbody></table>");
    if (cut()) {
      out.append("<p>").append(size()).append("</p>");
    }
    return out.toString();
  }

  private static void cell(StringBuilder out, String tag, Column column, String text) {
    out.append('<').append(tag);
    if (!column.numbers()) {
      out.append(" class=\"maskmine-words\"");
    }
    out.append('>').append(Html.escape(text)).append("</").append(tag).append('>');
  }

  /** Columns under one another. */
  String text() {
    List<String> lines = new ArrayList<>();
    if (!title.isEmpty()) {
      lines.add(title);
    }
    List<String> names = columns.stream().map(Column::name).toList();
    lines.add(line(names));
    lines.add("─".repeat(Math.max(1, line(names).length())));
    for (int row = 0; row < shownRows(); row++) {
      if (cut() && row == HEAD) {
        lines.add(line(columns.stream().map(c -> "⋮").toList()));
      }
      int at = row;
      lines.add(line(columns.stream().map(c -> c.cells().get(at)).toList()));
    }
    if (cut()) {
      lines.add(size());
    }
    return String.join("\n", lines);
  }

  private String line(List<String> cells) {
    var out = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      Column column = columns.get(i);
      String gap = " ".repeat(column.width() - cells.get(i).length());
      out.append(i == 0 ? "" : "  ");
      out.append(column.numbers() ? gap + cells.get(i) : cells.get(i) + gap);
    }
    return out.toString();
  }
}
