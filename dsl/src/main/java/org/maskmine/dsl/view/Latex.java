package org.maskmine.dsl.view;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A sheet as a LaTeX table in the rules of the package booktabs. */
final class Latex {
  private Latex() {}

  static String of(Sheet sheet) {
    var out = new StringBuilder("% needs \\usepackage{booktabs}\n\\begin{table}\n  \\centering\n");
    if (!sheet.title().isEmpty()) {
      out.append("  \\caption{").append(escaped(sheet.title())).append("}\n");
    }
    String alignment =
        IntStream.range(0, sheet.columns().size())
            .mapToObj(i -> sheet.rows().stream().anyMatch(r -> r.get(i).number()) ? "r" : "l")
            .collect(Collectors.joining());
    out.append("  \\begin{tabular}{").append(alignment).append("}\n    \\toprule\n");
    spans(sheet.spans(), out);
    out.append("    ").append(row(sheet.columns().stream().map(Latex::escaped).toList()));
    out.append("    \\midrule\n");
    for (List<Sheet.Cell> cells : sheet.rows()) {
      out.append("    ").append(row(cells.stream().map(Latex::cell).toList()));
    }
    out.append("    \\bottomrule\n  \\end{tabular}\n");
    for (String note : sheet.notes()) {
      out.append("  \\par\\smallskip\\footnotesize ").append(escaped(note)).append('\n');
    }
    return out.append("\\end{table}\n").toString();
  }

  private static void spans(List<Sheet.Span> spans, StringBuilder out) {
    if (spans.isEmpty()) {
      return;
    }
    out.append("    ")
        .append(
            row(
                spans.stream()
                    .map(
                        s ->
                            s.words().isEmpty() && s.columns() == 1
                                ? ""
                                : "\\multicolumn{"
                                    + s.columns()
                                    + "}{c}{"
                                    + escaped(s.words())
                                    + "}")
                    .toList()));
    int column = 1;
    var rules = new StringBuilder();
    for (Sheet.Span span : spans) {
      int last = column + span.columns() - 1;
      if (!span.words().isEmpty()) {
        rules.append("\\cmidrule(lr){").append(column).append('-').append(last).append('}');
      }
      column = last + 1;
    }
    out.append("    ").append(rules).append('\n');
  }

  private static String row(List<String> cells) {
    return String.join(" & ", cells) + " \\\\\n";
  }

  private static String cell(Sheet.Cell cell) {
    String text = escaped(cell.text());
    return switch (cell.tone()) {
      case BEST -> "\\textbf{" + text + "}";
      case MUTED -> "\\textit{" + text + "}";
      default -> text;
    };
  }

  private static String escaped(String text) {
    var out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&', '%', '$', '#', '_', '{', '}' -> out.append('\\').append(c);
        case '\\' -> out.append("\\textbackslash{}");
        case '~' -> out.append("\\textasciitilde{}");
        case '^' -> out.append("\\textasciicircum{}");
        case '±' -> out.append("$\\pm$");
        case '−' -> out.append("$-$");
        case '×' -> out.append("$\\times$");
        case 'Δ' -> out.append("$\\Delta$");
        case '†' -> out.append("\\dag{}");
        case '–' -> out.append("--");
        case '…' -> out.append("\\dots{}");
        case '<', '>' -> out.append('$').append(c).append('$');
        default -> out.append(c);
      }
    }
    return out.toString();
  }
}
