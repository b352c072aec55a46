package org.maskmine.kernel;

import java.util.List;
import java.util.stream.Stream;

/** What every notebook can name from its first cell on. */
final class Imports {
  private static final String VERBS = "org.maskmine.dsl.Maskmine";

  private Imports() {}

  static List<String> all() {
    // The first one gives its name to all; one that a cell repeats would take their place.
    var notebook = Stream.of("import static " + Notebook.class.getName() + ".*;");
    var packages =
        Stream.of("java.util", "java.util.stream", "java.nio.file", "tech.tablesaw.api")
            .map(name -> "import " + name + ".*;");
    var ours =
        exists(VERBS)
            ? Stream.of("import org.maskmine.dsl.*;", "import static " + VERBS + ".*;")
            : Stream.<String>of();
    return Stream.of(notebook, packages, ours).flatMap(each -> each).toList();
  }

  private static boolean exists(String type) {
    return Imports.class.getClassLoader().getResource(type.replace('.', '/') + ".class") != null;
  }
}
