package org.maskmine.dsl.view;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.maskmine.DiskTrouble;
import org.maskmine.WholeFile;

/** Files that a user asked for. */
final class Saved {
  private Saved() {}

  /** Writes a file whole or not at all, replacing one of that name; folders are made. */
  static Path write(String file, byte[] content) {
    Path path = Path.of(file).toAbsolutePath().normalize();
    try {
      WholeFile.write(path, unfinished -> Files.write(unfinished, content));
      return path;
    } catch (IOException e) {
      throw DiskTrouble.writing(path, e);
    }
  }
}
