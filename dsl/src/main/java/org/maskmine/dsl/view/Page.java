package org.maskmine.dsl.view;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** HTML that stands alone. */
public record Page(String html) {
  /** Any value as HTML. */
  public static Page of(Object value) {
    return new Page(Views.html(Views.of(value)));
  }

  /** Writes a page for a browser, replacing a file of that name; folders are made. */
  public Path save(String file, String title) {
    String page =
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n"
            + "<meta name=\"color-scheme\" content=\"light dark\">\n<title>"
            + Html.escape(title)
            + "</title>\n<body style=\"font-family:sans-serif\">\n"
            + html
            + "\n</html>\n";
    return Saved.write(file, page.getBytes(StandardCharsets.UTF_8));
  }
}
