package org.maskmine.dsl.view;

import java.util.List;

/** A sheet for a notebook, in its light or dark colours. */
final class SheetHtml {
  private static final String STYLE =
      "<style>.maskmine-sheet .maskmine-best{font-weight:700}"
          + ".maskmine-sheet .maskmine-better{background:rgba(0,114,178,.25)}"
          + ".maskmine-sheet .maskmine-worse{background:rgba(230,159,0,.35)}"
          + ".maskmine-sheet .maskmine-muted{opacity:.7;font-style:italic}"
          + "table.maskmine-sheet tr>.maskmine-span{text-align:center}"
          + ".maskmine-notes{font-size:90%;max-width:60em;margin:.2em .7em}</style>";

  private SheetHtml() {}

  static String of(Sheet sheet) {
    var out = new StringBuilder(Grid.STYLE).append(STYLE);
    out.append("<table class=\"maskmine-table maskmine-sheet\">");
    if (!sheet.title().isEmpty()) {
      out.append("<caption>").append(Html.escape(sheet.title())).append("</caption>");
    }
    out.append("<thead>");
    spans(sheet.spans(), out);
    out.append("<tr>");
    for (int i = 0; i < sheet.columns().size(); i++) {
      String kind = number(sheet, i) ? "" : " class=\"maskmine-words\"";
      out.append("<th scope=\"col\"").append(kind).append('>');
      out.append(Html.escape(sheet.columns().get(i))).append("</th>");
    }
    out.append("</tr></thead><tbody>");
    for (List<Sheet.Cell> row : sheet.rows()) {
      out.append("<tr>");
      row.forEach(cell -> cell(cell, out));
      out.append("</tr>");
    }
    out.append("</tbody></table>");
    for (String note : sheet.notes()) {
      out.append("<p class=\"maskmine-notes\">").append(Html.escape(note)).append("</p>");
    }
    return out.toString();
  }

  private static void spans(List<Sheet.Span> spans, StringBuilder out) {
    if (spans.isEmpty()) {
      return;
    }
    out.append("<tr>");
    for (Sheet.Span span : spans) {
      out.append("<th class=\"maskmine-span\" colspan=\"").append(span.columns()).append("\">");
      out.append(Html.escape(span.words())).append("</th>");
    }
    out.append("</tr>");
  }

  private static boolean number(Sheet sheet, int column) {
    return sheet.rows().stream().anyMatch(row -> row.get(column).number());
  }

  private static void cell(Sheet.Cell cell, StringBuilder out) {
    String kind =
        switch (cell.tone()) {
          case PLAIN -> "";
          case BEST -> "maskmine-best";
          case BETTER -> "maskmine-better";
          case WORSE -> "maskmine-worse";
          case MUTED -> "maskmine-muted";
        };
    String classes = (kind + (cell.number() ? "" : " maskmine-words")).strip();
    out.append("<td").append(classes.isEmpty() ? "" : " class=\"" + classes + "\"").append('>');
    out.append(Html.escape(cell.text())).append("</td>");
  }
}
