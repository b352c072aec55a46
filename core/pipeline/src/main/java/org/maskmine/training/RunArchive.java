package org.maskmine.training;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Enumeration;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.maskmine.UserError;

/** A run as one zip file, to carry it elsewhere. */
final class RunArchive {
  /** {@code <run>/<file>} or {@code <run>/errors/<file>}, with plain names. */
  private static final Pattern ENTRY =
      Pattern.compile("([A-Za-z0-9][A-Za-z0-9_-]*)/((?:errors/)?[A-Za-z0-9][A-Za-z0-9._-]*)");

  private static final int MOST_ENTRIES = 100_000;

  /** An archive holds weights and compressed masks; its contents are hardly larger than itself. */
  private static final long MOST_GROWTH = 200;

  private RunArchive() {}

  /** Writes the zip whole or not at all. */
  static void write(Path folder, Path zip) {
    Path part = zip.resolveSibling(zip.getFileName() + ".part");
    try {
      Files.createDirectories(zip.toAbsolutePath().getParent());
      try (OutputStream out = Files.newOutputStream(part);
          var entries = new ZipOutputStream(out)) {
        for (Path file : files(folder)) {
          String name = folder.relativize(file).toString().replace('\\', '/');
          entries.putNextEntry(new ZipEntry(folder.getFileName() + "/" + name));
          Files.copy(file, entries);
          entries.closeEntry();
        }
      }
      Files.move(part, zip, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UserError(zip + ": cannot be written (" + e.getMessage() + "); free space", e);
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .filter(f -> !f.getFileName().toString().endsWith(".part"))
          .sorted()
          .toList();
    }
  }

  /**
   * Unpacks a run into the store's folder, where it appears whole or not at all.
   *
   * @return its folder
   */
  static Path read(Path zip, Path store) {
    Path unfinished = store.resolve(".import-" + UUID.randomUUID());
    try (var archive = new ZipFile(zip.toFile())) {
      String id = check(archive, zip);
      Path folder = store.resolve(id);
      if (Files.exists(folder)) {
        throw new UserError(
            zip
                + ": run "
                + id
                + " is already in the store; delete it first: delete(\""
                + id
                + "\")");
      }
      unpack(archive, zip, unfinished);
      if (!StoredRun.open(unfinished).id().equals(id)) {
        throw notARun(zip, "its folder and its run.json name two runs");
      }
      Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
      return folder;
    } catch (IOException e) {
      throw new UserError(zip + ": cannot be imported (" + e.getMessage() + ")", e);
    } finally {
      RunStore.deleteFolder(unfinished);
    }
  }

  private static String check(ZipFile archive, Path zip) {
    if (archive.size() > MOST_ENTRIES) {
      throw notARun(zip, "it holds " + archive.size() + " files");
    }
    String id = "";
    for (Enumeration<? extends ZipEntry> e = archive.entries(); e.hasMoreElements(); ) {
      String name = e.nextElement().getName();
      var matcher = ENTRY.matcher(name);
      if (!matcher.matches() || !(id.isEmpty() || id.equals(matcher.group(1)))) {
        throw notARun(zip, "it holds \"" + name + "\"");
      }
      id = matcher.group(1);
    }
    if (id.isEmpty() || archive.getEntry(id + "/" + StoredRun.INFO) == null) {
      throw notARun(zip, "it holds no " + StoredRun.INFO);
    }
    return id;
  }

  private static void unpack(ZipFile archive, Path zip, Path into) throws IOException {
    long left = Files.size(zip) * MOST_GROWTH;
    for (Enumeration<? extends ZipEntry> e = archive.entries(); e.hasMoreElements(); ) {
      ZipEntry entry = e.nextElement();
      String name = entry.getName();
      Path file = into.resolve(name.substring(name.indexOf('/') + 1));
      Files.createDirectories(file.getParent());
      try (InputStream in = archive.getInputStream(entry);
          OutputStream out = Files.newOutputStream(file)) {
        byte[] buffer = new byte[1 << 16];
        for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
          left -= n;
          if (left < 0) {
            throw notARun(zip, "it unpacks to more than " + MOST_GROWTH + " times its size");
          }
          out.write(buffer, 0, n);
        }
      }
    }
  }

  private static UserError notARun(Path zip, String why) {
    return new UserError(
        zip + ": is not a run: " + why + "; take a file that export(run, …) has written");
  }
}
