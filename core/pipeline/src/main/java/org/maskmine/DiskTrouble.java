package org.maskmine;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What is wrong with a disk, in words. */
public final class DiskTrouble {
  private DiskTrouble() {}

  /** A file that cannot be written, with the remedy of this trouble. */
  public static UserError writing(Path file, IOException e) {
    return new UserError(file + ": cannot be written (" + words(e) + "); " + remedy(file, e), e);
  }

  private static String remedy(Path file, IOException e) {
    String words = words(e);
    if (words.contains("No space") || words.contains("quota") || words.contains("too large")) {
      return "free space on its disk and run the cell again, or take a folder on another one;"
          + " MASKMINE_HOME says where runs lie";
    }
    Path folder = file.toAbsolutePath().resolveSibling(".").normalize();
    return Files.isDirectory(folder) && Files.isWritable(folder)
        ? "check the disk and run the cell again"
        : "check that " + folder + " is there and may be written, and run the cell again";
  }

  /** What an exception says, without the file that it may begin with. */
  public static String words(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "no permission";
    }
    if (e instanceof NoSuchFileException) {
      return "it or its folder is not there";
    }
    if (e instanceof FileSystemException f && f.getReason() != null) {
      return f.getReason();
    }
    return String.valueOf(e.getMessage());
  }
}
