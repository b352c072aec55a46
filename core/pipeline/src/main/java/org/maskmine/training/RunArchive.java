package org.maskmine.training;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.maskmine.DiskTrouble;
import org.maskmine.UserError;
import org.maskmine.WholeFile;

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
    try {
      WholeFile.write(zip, unfinished -> pack(folder, unfinished));
    } catch (IOException e) {
      throw DiskTrouble.writing(zip, e);
    }
  }

  private static void pack(Path folder, Path zip) throws IOException {
    try (OutputStream out = Files.newOutputStream(zip);
        var entries = new ZipOutputStream(out)) {
      for (Path file : files(folder)) {
        String name = folder.relativize(file).toString().replace('\\', '/');
        entries.putNextEntry(new ZipEntry(folder.getFileName() + "/" + name));
        Files.copy(file, entries);
        entries.closeEntry();
      }
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .filter(f -> !WholeFile.isUnfinished(f))
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
    try (var archive = new ZipFile(zip.toFile())) {
      String id = check(archive, zip);
      Path folder = store.resolve(id);
      boolean first =
          !Files.exists(folder)
              && WholeFile.writeFolder(folder, unfinished -> unpack(archive, zip, id, unfinished));
      if (!first) {
        throw new UserError(
            zip
                + ": run "
                + id
                + " is already in the store; delete it first: delete(\""
                + id
                + "\")");
      }
      return folder;
    } catch (ZipException e) {
      throw new UserError(
          zip
              + ": is no zip file, or damaged ("
              + e.getMessage()
              + "); take a file that export(run, …) has written",
          e);
    } catch (IOException e) {
      throw new UserError(
          zip
              + ": cannot be imported ("
              + DiskTrouble.words(e)
              + "); check the disk and the space on it",
          e);
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

  private static void unpack(ZipFile archive, Path zip, String id, Path into) throws IOException {
    unpack(archive, zip, into);
    try {
      var run = StoredRun.open(into);
      if (!run.id().equals(id)) {
        throw notARun(zip, "its folder and its run.json name two runs");
      }
      run.check();
    } catch (UserError e) {
      String what = String.valueOf(e.getMessage());
      throw what.startsWith(zip.toString())
          ? e
          : notARun(zip, what.replace(into.toString(), id).replaceFirst("[;,] [^;,]*$", ""));
    }
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
