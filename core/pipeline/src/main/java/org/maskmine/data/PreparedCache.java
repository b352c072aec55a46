package org.maskmine.data;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.maskmine.Digest;
import org.maskmine.DiskTrouble;
import org.maskmine.UserError;
import org.maskmine.WholeFile;

/**
 * Prepared cases as files that are mapped into memory, so that a data set may be larger than the
 * heap: the operating system keeps in memory what is in use.
 *
 * <p>A file is named after what it was made from and appears whole or not at all; several processes
 * may share a folder. It ends with a checksum over the rest, which each process compares once; a
 * file that does not fit is made again.
 */
public final class PreparedCache {
  /** Changes when the files change, so that old ones are not taken for new ones. */
  private static final int FORMAT = 2;

  private static final String WHOLE = ".prepared";
  private static final String UNFINISHED = ".part";

  /** Hexadecimal digits of a file's name. */
  private static final int KEY = 32;

  private static final int CHUNK = 1 << 20;

  /** Files that this process has compared with their checksums, as they were then. */
  private static final Map<Path, FileTime> COMPARED = new ConcurrentHashMap<>();

  private final Path folder;

  /** A cache in a folder, made when the first case is prepared. */
  public PreparedCache(Path folder) {
    this.folder = folder;
  }

  /** Where the files lie. */
  public Path folder() {
    return folder;
  }

  /**
   * A labelled case, prepared now or before; in memory where another kernel empties the cache
   * meanwhile.
   *
   * @param dimensions of the networks, 2 or 3
   * @throws UserError where the case has no labels, or the folder has no room or does not give back
   *     what is written
   */
  public PreparedCase open(Case c, HuWindow window, int dimensions) {
    Path file = folder.resolve(key(c, window, dimensions) + WHOLE);
    try {
      Optional<PreparedArrays> known = find(file, c);
      if (known.isPresent()) {
        return new PreparedCase(c, window, dimensions, known.get());
      }
      PreparedCase made = make(file, c, window, dimensions);
      Optional<PreparedArrays> written = find(file, c);
      if (written.isEmpty() && Files.exists(file)) {
        throw new UserError(
            file
                + ": does not read back as it was written; check the disk, or set MASKMINE_HOME to a"
                + " folder on another one");
      }
      return written.map(arrays -> new PreparedCase(c, window, dimensions, arrays)).orElse(made);
    } catch (IOException e) {
      throw noRoom(e);
    }
  }

  private UserError noRoom(IOException e) {
    return new UserError(
        folder
            + ": prepared cases cannot be kept here ("
            + DiskTrouble.words(e)
            + "); free space, or set MASKMINE_HOME to a folder on a larger disk",
        e);
  }

  private static String key(Case c, HuWindow window, int dimensions) {
    String all = String.join("\n", "" + FORMAT, c.content(), "" + window, "" + dimensions);
    return Digest.of(all).substring(0, KEY);
  }

  /** What a whole file holds; another kernel may delete it at any moment. */
  private static Optional<PreparedArrays> find(Path file, Case c) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try (FileChannel in = FileChannel.open(file)) {
      return isWhole(file, in, PreparedArrays.bytes(c.geometry()))
          ? Optional.of(PreparedArrays.map(in, c.geometry()))
          : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static boolean isWhole(Path file, FileChannel in, long bytes) throws IOException {
    if (in.size() != bytes + Integer.BYTES) {
      return false;
    }
    FileTime written = Files.getLastModifiedTime(file);
    if (!written.equals(COMPARED.get(file))) {
      if (checksum(in, bytes) != read(in, bytes, Integer.BYTES).getInt()) {
        return false;
      }
      COMPARED.put(file, written);
    }
    return true;
  }

  private PreparedCase make(Path file, Case c, HuWindow window, int dimensions) throws IOException {
    WholeFile.sweep(folder);
    PreparedCase prepared = PreparedCase.of(c, window, dimensions);
    long bytes = PreparedArrays.bytes(c.geometry());
    WholeFile.writeChannel(
        file,
        channel -> {
          prepared.write(channel);
          ByteBuffer end = ByteBuffer.allocate(Integer.BYTES).putInt(checksum(channel, bytes));
          for (end.flip(); end.hasRemaining(); ) {
            channel.write(end, bytes + end.position());
          }
        });
    return prepared;
  }

  /** Of the file as it can be read back, which is what will be mapped. */
  private static int checksum(FileChannel file, long bytes) throws IOException {
    var crc = new CRC32C();
    for (long at = 0; at < bytes; at += CHUNK) {
      crc.update(read(file, at, (int) Math.min(CHUNK, bytes - at)));
    }
    return (int) crc.getValue();
  }

  private static ByteBuffer read(FileChannel file, long at, int bytes) throws IOException {
    ByteBuffer chunk = ByteBuffer.allocate(bytes);
    while (chunk.hasRemaining()) {
      if (file.read(chunk, at + chunk.position()) < 0) {
        throw new EOFException("it was cut short");
      }
    }
    return chunk.flip();
  }

  /** Moves one byte per voxel out of the heap, as long as the buffer is in use. */
  public ByteBuffer keep(byte[] voxels) {
    try {
      Files.createDirectories(folder);
      Path file = folder.resolve(UUID.randomUUID() + UNFINISHED);
      try (FileChannel channel =
          FileChannel.open(
              file,
              StandardOpenOption.CREATE_NEW,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE)) {
        ByteBuffer left = ByteBuffer.wrap(voxels);
        while (left.hasRemaining()) {
          channel.write(left);
        }
        return channel.map(FileChannel.MapMode.READ_ONLY, 0, voxels.length);
      }
    } catch (IOException e) {
      throw noRoom(e);
    }
  }

  /** How many cases are kept. */
  public int cases() {
    return (int) files().stream().filter(f -> f.toString().endsWith(WHOLE)).count();
  }

  /** Bytes of all files; slices without anything in them may take less on the disk. */
  public long bytes() {
    return files().stream().mapToLong(f -> f.toFile().length()).sum();
  }

  /** Deletes every file that nobody writes. Cases that are in use stay usable. */
  public void clear() {
    for (Path file : files()) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        throw new UserError(
            file
                + ": cannot be deleted ("
                + DiskTrouble.words(e)
                + "); end what uses it, check that its folder may be written, and try again",
            e);
      }
    }
  }

  private List<Path> files() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(f -> ours(f.getFileName().toString().toLowerCase(Locale.ROOT)))
          .filter(f -> !WholeFile.isBeingWritten(f))
          .toList();
    } catch (IOException e) {
      throw new UserError(
          folder + ": cannot be listed (" + DiskTrouble.words(e) + "); check its permissions", e);
    }
  }

  private static boolean ours(String name) {
    return name.endsWith(WHOLE) || name.endsWith(UNFINISHED);
  }
}
