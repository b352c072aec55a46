package org.maskmine.dsl.view;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.maskmine.UserError;
import tech.tablesaw.api.NumberColumn;
import tech.tablesaw.api.Table;

/**
 * A table as it is read in a paper: headings over several columns, marked cells, notes below.
 *
 * @param title above it; may be empty
 * @param spans headings above the columns, together as wide as all of them; may be empty
 * @param columns headings
 * @param rows each as long as there are columns
 * @param notes sentences below
 */
public record Sheet(
    String title, List<Span> spans, List<String> columns, List<List<Cell>> rows, List<String> notes)
    implements Viewable {
  /** Copies the lists and checks that the rows are as long as the headings. */
  public Sheet {
    spans = List.copyOf(spans);
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
    notes = List.copyOf(notes);
    int wide = columns.size();
    int spanned = spans.stream().mapToInt(Span::columns).sum();
    if (rows.stream().anyMatch(r -> r.size() != wide) || (!spans.isEmpty() && spanned != wide)) {
      throw new IllegalArgumentException(title + ": rows or spans do not have " + wide + " cells");
    }
  }

  /** A heading over neighbouring columns; an empty one is a gap. */
  public record Span(String words, int columns) {}

  /** What a cell says besides its words. */
  public enum Tone {
    /** Nothing. */
    PLAIN,
    /** The best of its column. */
    BEST,
    /** Better than what it is compared with, beyond doubt. */
    BETTER,
    /** Worse than what it is compared with, beyond doubt. */
    WORSE,
    /** From elsewhere, for comparison. */
    MUTED
  }

  /**
   * One cell.
   *
   * @param text as it is read
   * @param value the number behind it, written to files in full; none for words
   */
  public record Cell(String text, @Nullable Double value, boolean number, Tone tone) {
    /** Words, at the left. */
    public static Cell words(String text) {
      return new Cell(text, null, false, Tone.PLAIN);
    }

    /** A number, at the right. */
    public static Cell number(double value, String text) {
      return new Cell(text, value, true, Tone.PLAIN);
    }

    /** A figure with its spread, or a dash: at the right, written to files as it is read. */
    public static Cell figure(String text) {
      return new Cell(text, null, true, Tone.PLAIN);
    }

    /** The same in another tone. */
    public Cell tone(Tone tone) {
      return new Cell(text, value, number, tone);
    }
  }

  /** A table of any columns, its numbers rounded as in a notebook and kept in full behind. */
  public static Sheet of(Table table) {
    Grid grid = Tables.whole(table);
    List<List<Cell>> rows = new ArrayList<>();
    for (int row = 0; row < table.rowCount(); row++) {
      List<Cell> cells = new ArrayList<>();
      for (int column = 0; column < table.columnCount(); column++) {
        String text = grid.columns().get(column).cells().get(row);
        boolean missing = table.column(column).isMissing(row);
        cells.add(
            table.column(column) instanceof NumberColumn<?, ?> numbers
                ? missing ? Cell.figure(text) : Cell.number(numbers.getDouble(row), text)
                : Cell.words(text));
      }
      rows.add(cells);
    }
    return new Sheet(grid.title(), List.of(), table.columnNames(), rows, List.of());
  }

  @Override
  public View view() {
    return View.html(SheetHtml.of(this), SheetText.aligned(this));
  }

  /**
   * Writes the table, replacing a file of that name; folders are made.
   *
   * @param file its ending decides the format: {@code .csv}, {@code .md} (Markdown), {@code .tex}
   *     (LaTeX with booktabs) or {@code .xlsx} (Excel)
   * @return where it lies now
   * @throws UserError for another ending, or where the file cannot be written
   */
  public Path save(String file) {
    String name = file.toLowerCase(Locale.ROOT);
    if (name.endsWith(".xlsx")) {
      return Saved.write(file, Excel.bytes(this));
    }
    return Saved.write(file, text(file, name).getBytes(StandardCharsets.UTF_8));
  }

  private String text(String file, String name) {
    if (name.endsWith(".csv")) {
      return SheetText.csv(this);
    }
    if (name.endsWith(".md")) {
      return SheetText.markdown(this);
    }
    if (name.endsWith(".tex")) {
      return Latex.of(this);
    }
    throw new UserError(
        file
            + ": a table is saved as .csv, .md, .tex or .xlsx; end the file's name with one of"
            + " them");
  }
}
