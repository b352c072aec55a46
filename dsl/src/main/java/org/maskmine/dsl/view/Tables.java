package org.maskmine.dsl.view;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.FloatColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.NumberColumn;
import tech.tablesaw.api.ShortColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** Tablesaw tables as grids. */
final class Tables {
  private static final String MISSING = "–";

  private Tables() {}

  static Grid grid(Table table) {
    return grid(table, Grid.shown(table.rowCount()));
  }

  /** With every row. */
  static Grid whole(Table table) {
    return grid(table, IntStream.range(0, table.rowCount()).toArray());
  }

  private static Grid grid(Table table, int[] shown) {
    List<Grid.Column> columns = new ArrayList<>();
    for (Column<?> column : table.columns()) {
      boolean numbers = column instanceof NumberColumn;
      String type = column.type().name().toLowerCase(Locale.ROOT).replace('_', ' ');
      columns.add(new Grid.Column(column.name(), type, numbers, cells(column, shown)));
    }
    String title = table.name();
    return new Grid(title == null ? "" : title, columns, table.rowCount());
  }

  private static List<String> cells(Column<?> column, int[] rows) {
    if (column instanceof DoubleColumn decimals && !formatted(decimals, rows)) {
      return rounded(decimals, rows);
    }
    if (column instanceof FloatColumn decimals) {
      return rounded(decimals, rows);
    }
    boolean whole = wholeNumbers(column) && !formatted(column, rows);
    return strings(
        column,
        rows,
        row -> whole ? Numbers.whole(number(column, row).longValue()) : column.getString(row));
  }

  private static boolean wholeNumbers(Column<?> column) {
    return column instanceof IntColumn
        || column instanceof LongColumn
        || column instanceof ShortColumn;
  }

  private static Number number(Column<?> column, int row) {
    return (Number) column.get(row);
  }

  /**
   * Whether somebody chose how this column's numbers are written; Tablesaw keeps that to itself.
   */
  private static boolean formatted(DoubleColumn column, int[] rows) {
    var plain = DoubleColumn.create("", column.asDoubleArray());
    return Arrays.stream(rows).anyMatch(row -> !column.getString(row).equals(plain.getString(row)));
  }

  private static boolean formatted(Column<?> column, int[] rows) {
    return Arrays.stream(rows)
        .filter(row -> !column.isMissing(row))
        .anyMatch(row -> !column.getString(row).equals(number(column, row).toString()));
  }

  private static List<String> rounded(NumberColumn<?, ?> column, int[] rows) {
    return List.of(Numbers.column(Arrays.stream(rows).mapToDouble(column::getDouble).toArray()));
  }

  private static List<String> strings(Column<?> column, int[] rows, IntFunction<String> text) {
    return Arrays.stream(rows)
        .mapToObj(row -> column.isMissing(row) ? MISSING : text.apply(row))
        .toList();
  }
}
