package org.maskmine.dsl.view;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** A sheet as an Excel workbook: numbers as numbers, in full. */
final class Excel {
  private static final int LONGEST_NAME = 31;

  private Excel() {}

  static byte[] bytes(Sheet sheet) {
    var out = new ByteArrayOutputStream();
    try (var workbook = new Workbook(out, "Maskmine", "1.0")) {
      Worksheet page = workbook.newWorksheet(name(sheet.title()));
      List<String> names = SheetText.names(sheet);
      for (int column = 0; column < names.size(); column++) {
        page.value(0, column, names.get(column));
        page.style(0, column).bold().set();
      }
      for (int row = 0; row < sheet.rows().size(); row++) {
        for (int column = 0; column < names.size(); column++) {
          write(page, row + 1, column, sheet.rows().get(row).get(column));
        }
      }
      for (int i = 0; i < sheet.notes().size(); i++) {
        page.value(sheet.rows().size() + 2 + i, 0, sheet.notes().get(i));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static String name(String title) {
    String allowed = title.replaceAll("[\\\\/?*\\[\\]:]", " ").strip();
    String name = allowed.isEmpty() ? "table" : allowed;
    return name.substring(0, Math.min(name.length(), LONGEST_NAME));
  }

  private static void write(Worksheet page, int row, int column, Sheet.Cell cell) {
    Double value = cell.value();
    if (value == null || value.isNaN() || value.isInfinite()) {
      page.value(row, column, cell.text());
    } else {
      page.value(row, column, value);
    }
    if (cell.tone() == Sheet.Tone.BEST) {
      page.style(row, column).bold().set();
    }
  }
}
