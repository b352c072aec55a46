package org.maskmine.dsl.view;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A table of text, ready to be shown.
 *
 * @param title above it; may be empty
 * @param columns in order
 * @param rows of the whole table; columns may hold fewer, with a gap where the others are left out
 */
record Grid(String title, List<Column> columns, int rows) {
  /** Rows of the text; more are cut to the first and the last. */
  private static final int WORDS = 40;

  private static final int HEAD = 20;
  private static final int TAIL = 5;

  /** Rows of a page; all pages are part of what is shown. */
  private static final int PAGE = 25;

  private static final int PAGES = 20;
  private static final int LONGEST_CELL = 120;

  /** The look of every table, above JupyterLab's own; several of them do no harm. */
  static final String STYLE =
      "<style>.maskmine-table{border-collapse:collapse;margin:.4em"
          + " 0;font-variant-numeric:tabular-nums}.maskmine-table"
          + " caption{caption-side:top;text-align:left;font-weight:600;padding:.2em"
          + " .7em}.maskmine-table th,.maskmine-table td{padding:.25em .7em;text-align:right;"
          + "border:0;white-space:nowrap;color:inherit}.maskmine-table th{border-bottom:1px solid"
          + " currentColor;font-weight:600}.maskmine-table tbody tr+tr td{border-top:1px solid"
          + " rgba(128,128,128,.25)}table.maskmine-table tr>.maskmine-words{text-align:left}</style>";

  /** Copies the list. */
  Grid {
    columns = List.copyOf(columns);
  }

  /**
   * One column.
   *
   * @param type of its values, in words
   * @param numbers whether its cells stand at the right
   * @param cells of the rows that are shown
   */
  record Column(String name, String type, boolean numbers, List<String> cells) {
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

  /** The rows of a table of this length that are shown: all, or the first and the last page. */
  static int[] shown(int rows) {
    int n = Math.min(rows, PAGE * PAGES);
    int[] shown = new int[n];
    for (int i = 0; i < n; i++) {
      shown[i] = rows > n && i >= n - PAGE ? rows - n + i : i;
    }
    return shown;
  }

  View view() {
    return View.html(html(), text(shownRows() > WORDS));
  }

  private int shownRows() {
    return columns.isEmpty() ? 0 : columns.get(0).cells().size();
  }

  private String size() {
    return Numbers.whole(rows) + " rows × " + columns.size() + " columns";
  }

  private String html() {
    return shownRows() <= WORDS ? STYLE + table(shownRows(), "") : paged();
  }

  /** Pages without a script: the button that is on decides which part of the table is there. */
  private String paged() {
    int pages = (shownRows() + PAGE - 1) / PAGE;
    String id = "maskmine-" + UUID.randomUUID();
    var style = new StringBuilder(STYLE).append("<style>");
    var buttons = new StringBuilder();
    var labels = new StringBuilder("<p>");
    for (int page = 1; page <= pages; page++) {
      String on = "#" + id + ">input:nth-of-type(" + page + "):checked~";
      style.append(on).append("table>tbody:nth-of-type(").append(page);
      style.append("){display:table-row-group}").append(on).append("p>label:nth-of-type(");
      style.append(page).append("){font-weight:700;text-decoration:none}");
      buttons.append(
          "<input type=\"radio\" name=\"%1$s\" id=\"%1$s-%2$d\"%3$s>"
              .formatted(id, page, page == 1 ? " checked" : ""));
      labels.append(
          "<label for=\"%s-%d\">%s</label> ".formatted(id, page, Numbers.whole(firstRow(page))));
    }
    style.append("#%1$s>table>tbody{display:none}".formatted(id));
    style.append("#%1$s>input{position:absolute;opacity:0}".formatted(id));
    style.append(
        "#%1$s label{cursor:pointer;padding:.2em;text-decoration:underline}</style>".formatted(id));
    return style
        + "<div id=\""
        + id
        + "\">"
        + buttons
        + table(PAGE, types())
        + labels.append(size())
        + "</p></div>";
  }

  private int firstRow(int page) {
    return 1 + shown(rows)[(page - 1) * PAGE];
  }

  /** What each column holds, under its name. */
  private String types() {
    var out = new StringBuilder("<tr>");
    for (Column c : columns) {
      out.append(c.numbers() ? "<td>" : "<td class=\"maskmine-words\">");
      out.append("<small>").append(Html.escape(c.type())).append("</small></td>");
    }
    return out.append("</tr>").toString();
  }

  private String table(int page, String types) {
    var out = new StringBuilder("<table class=\"maskmine-table\">");
    if (!title.isEmpty()) {
      out.append("<caption>").append(Html.escape(title)).append("</caption>");
    }
    out.append("<thead><tr>");
    for (Column c : columns) {
      cell(out, "th", c, c.name());
    }
    out.append("</tr>").append(types).append("</thead><tbody>");
    for (int row = 0; row < shownRows(); row++) {
      if (row > 0 && row % page == 0) {
        out.append("</tbody><tbody>");
      }
      out.append("<tr>");
      for (Column c : columns) {
        cell(out, "td", c, c.cells().get(row));
      }
      out.append("</tr>");
    }
    return out.append("</tbody></table>").toString();
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
    return text(false);
  }

  private String text(boolean cut) {
    List<String> lines = new ArrayList<>();
    if (!title.isEmpty()) {
      lines.add(title);
    }
    List<String> names = columns.stream().map(Column::name).toList();
    lines.add(line(names));
    lines.add("─".repeat(Math.max(1, line(names).length())));
    for (int row = 0; row < shownRows(); row++) {
      if (cut && row == HEAD) {
        lines.add(line(columns.stream().map(c -> "⋮").toList()));
        row = shownRows() - TAIL;
      }
      int at = row;
      lines.add(line(columns.stream().map(c -> c.cells().get(at)).toList()));
    }
    if (cut) {
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
