package org.maskmine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Files and folders that are there whole or not at all: after a kill, a full disk or a power cut a
 * reader finds the old content or the new one.
 */
public final class WholeFile {
  /** Ends the names of what is being written; such files are hidden too. */
  private static final String UNFINISHED = ".part";

  /** Follows the number of the process that writes. */
  private static final String WRITER = "p";

  private static final Pattern WRITERS_NAME =
      Pattern.compile("-(\\d{1,18})" + WRITER + Pattern.quote(UNFINISHED) + "$");

  /** What nobody has touched for so long is what a kill has left. */
  private static final Duration FORGOTTEN = Duration.ofDays(1);

  private WholeFile() {}

  /** Writes a new file at the place it is given. */
  @FunctionalInterface
  public interface Content {
    /** Writes everything and closes the file. */
    void write(Path unfinished) throws IOException;
  }

  /**
   * Writes a file beside its place, waits until it is on the disk, and moves it there. Folders
   * above it are made.
   */
  public static void write(Path file, Content content) throws IOException {
    Path folder = folderOf(file);
    Files.createDirectories(folder);
    Path unfinished = unfinished(file);
    try {
      content.write(unfinished);
      force(unfinished, StandardOpenOption.WRITE);
      Files.move(
          unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(unfinished);
    }
    forceFolder(folder);
  }

  /** Writes into an open file. */
  @FunctionalInterface
  public interface Bytes {
    /** Writes everything; the file is closed afterwards. */
    void write(FileChannel out) throws IOException;
  }

  /** The same for what is written through a channel. */
  public static void writeChannel(Path file, Bytes bytes) throws IOException {
    write(
        file,
        unfinished -> {
          try (FileChannel out =
              FileChannel.open(
                  unfinished,
                  StandardOpenOption.CREATE_NEW,
                  StandardOpenOption.READ,
                  StandardOpenOption.WRITE)) {
            bytes.write(out);
          }
        });
  }

  /** The same with text in UTF-8. */
  public static void write(Path file, String text) throws IOException {
    write(file, unfinished -> Files.writeString(unfinished, text, StandardCharsets.UTF_8));
  }

  /** Reads a text in UTF-8 of at most 64 MB: the names of a million cases are smaller. */
  public static String readText(Path file) throws IOException {
    return readText(file, 64L << 20);
  }

  /**
   * Reads a text in UTF-8 that nobody needs to be large.
   *
   * @param most bytes that are read at all
   * @throws IOException where it is larger, or no text
   */
  public static String readText(Path file, long most) throws IOException {
    long bytes = Files.size(file);
    if (bytes > most) {
      throw new IOException("it is larger than " + (most >> 20) + " MB");
    }
    return Files.readString(file);
  }

  /**
   * Fills a folder beside its place and moves it there.
   *
   * @return false where somebody else's was there first, which stays
   */
  public static boolean writeFolder(Path folder, Content content) throws IOException {
    Files.createDirectories(folderOf(folder));
    Path unfinished = unfinished(folder);
    try {
      Files.createDirectory(unfinished);
      content.write(unfinished);
      return publish(unfinished, folder);
    } finally {
      deleteTree(unfinished);
    }
  }

  private static boolean publish(Path unfinished, Path folder) throws IOException {
    try {
      Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      if (!Files.isDirectory(folder)) {
        throw e;
      }
      return false;
    }
    forceFolder(folderOf(folder));
    return true;
  }

  /** Hides a folder first, so that it is there whole or not at all, then deletes it. */
  public static void deleteFolder(Path folder) throws IOException {
    Path hidden = unfinished(folder);
    try {
      Files.move(folder, hidden, StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException e) {
      return;
    }
    deleteTree(hidden);
  }

  /**
   * Deletes what kills have left unfinished in a folder, some time ago. What a living process of
   * this machine writes is never touched, whatever the clock says.
   */
  public static void sweep(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    Instant since = Instant.now().minus(FORGOTTEN);
    try (Stream<Path> all = Files.list(folder)) {
      for (Path file : all.filter(WholeFile::isUnfinished).toList()) {
        sweep(file, since);
      }
    }
  }

  private static void sweep(Path file, Instant since) throws IOException {
    try {
      if (!isBeingWritten(file) && Files.getLastModifiedTime(file).toInstant().isBefore(since)) {
        deleteTree(file);
      }
    } catch (NoSuchFileException e) {
      return; // another process has finished it, or swept it first
    } catch (UncheckedIOException e) {
      if (!(e.getCause() instanceof NoSuchFileException)) {
        throw e.getCause();
      }
    }
  }

  /** Whether something is still being written, or was left so. */
  public static boolean isUnfinished(Path file) {
    String name = file.getFileName().toString();
    return name.startsWith(".") && name.endsWith(UNFINISHED);
  }

  private static Path unfinished(Path file) {
    String writer = "-" + ProcessHandle.current().pid() + WRITER;
    return file.resolveSibling(
        "." + file.getFileName() + "-" + UUID.randomUUID() + writer + UNFINISHED);
  }

  /** Whether a living process of this machine writes it. */
  public static boolean isBeingWritten(Path file) {
    Matcher writer = WRITERS_NAME.matcher(file.getFileName().toString());
    return writer.find() && ProcessHandle.of(Long.parseLong(writer.group(1))).isPresent();
  }

  private static Path folderOf(Path file) {
    return file.toAbsolutePath().resolveSibling(".").normalize();
  }

  private static void deleteTree(Path top) throws IOException {
    if (!Files.exists(top)) {
      return;
    }
    try (Stream<Path> files = Files.walk(top)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Makes the new name last through a power cut; Windows cannot open folders. */
  private static void forceFolder(Path folder) throws IOException {
    if (!System.getProperty("os.name", "").startsWith("Windows")) {
      force(folder, StandardOpenOption.READ);
    }
  }

  private static void force(Path path, StandardOpenOption option) throws IOException {
    try (FileChannel channel = FileChannel.open(path, option)) {
      channel.force(true);
    }
  }
}
