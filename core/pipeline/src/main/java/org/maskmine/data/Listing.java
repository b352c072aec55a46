package org.maskmine.data;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.maskmine.UserError;

/** Files below a folder; hidden ones, such as macOS leaves beside real ones, are passed over. */
final class Listing {
  private static final Pattern NIFTI = Pattern.compile("(.+)\\.nii(\\.gz)?");

  private Listing() {}

  /**
   * Files in natural order of their paths, and folders that are named like NIfTI files.
   *
   * @param depth 1 for the folder alone
   */
  static List<Path> below(Path folder, int depth) {
    var files = new ArrayList<Path>();
    try {
      Files.walkFileTree(
          folder,
          EnumSet.of(FileVisitOption.FOLLOW_LINKS),
          depth,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
              if (dir.equals(folder)) {
                return FileVisitResult.CONTINUE;
              }
              if (niftiName(dir) != null) {
                files.add(dir);
                return FileVisitResult.SKIP_SUBTREE;
              }
              return hidden(dir) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              if (!hidden(file) && (!attributes.isDirectory() || niftiName(file) != null)) {
                files.add(file);
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
              if (file.equals(folder)) {
                throw e;
              }
              if (niftiName(file) != null) {
                files.add(file);
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UserError(
          "\"" + folder + "\": cannot be listed (" + e.getMessage() + "); check its permissions",
          e);
    }
    files.sort((a, b) -> NaturalOrder.INSTANCE.compare(a.toString(), b.toString()));
    return files;
  }

  private static boolean hidden(Path file) {
    return file.getFileName().toString().startsWith(".");
  }

  /** The name without {@code .nii} or {@code .nii.gz}; null for other files. */
  static @Nullable String niftiName(Path file) {
    Matcher m = NIFTI.matcher(file.getFileName().toString());
    return m.matches() && !hidden(file) ? m.group(1) : null;
  }
}
