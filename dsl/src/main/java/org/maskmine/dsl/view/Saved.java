package org.maskmine.dsl.view;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.maskmine.UserError;

/** Files that a user asked for. */
final class Saved {
  private Saved() {}

  /** Writes a file, replacing one of that name; folders are made. */
  static Path write(String file, byte[] content) {
    Path path = Path.of(file).toAbsolutePath().normalize();
    try {
      Path folder = path.getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      return Files.write(path, content);
    } catch (IOException e) {
      throw new UserError(
          file + ": cannot be written (" + e + "); choose a folder that you may write to", e);
    }
  }
}
