package org.maskmine.dsl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** The tests' own run store, emptied: what an earlier build left there must not be found again. */
final class EmptyHome {
  private EmptyHome() {}

  static void prepare() throws IOException {
    Path home = Home.folder();
    if (!home.toString().contains("target")) {
      throw new IllegalStateException(home + ": is no folder of a build; set MASKMINE_HOME");
    }
    if (Files.exists(home)) {
      try (Stream<Path> files = Files.walk(home)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
