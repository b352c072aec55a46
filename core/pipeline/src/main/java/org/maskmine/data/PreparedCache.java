package org.maskmine.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.maskmine.Digest;
import org.maskmine.UserError;
import org.maskmine.WholeFile;

/**
 * Prepared cases as files that are mapped into memory, so that a data set may be larger than the
 * heap: the operating system keeps in memory what is in use.
 *
 * <p>A file is named after what it was made from and appears whole or not at all; several processes
 * may share a folder.
 */
public final class PreparedCache {
  /** Changes when the files change, so that old ones are not taken for new ones. */
  private static final int FORMAT = 1;

  private static final String WHOLE = ".prepared";
  private static final String UNFINISHED = ".part";

  /** Hexadecimal digits of a file's name. */
  private static final int KEY = 32;

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
   * A labelled case, prepared now or before.
   *
   * @param dimensions of the networks, 2 or 3
   * @throws UserError where the case has no labels or the folder has no room
   */
  public PreparedCase open(Case c, HuWindow window, int dimensions) {
    Path file = folder.resolve(key(c, window, dimensions) + WHOLE);
    try {
      if (!isWhole(file, c)) {
        make(file, c, window, dimensions);
      }
      try (FileChannel in = FileChannel.open(file)) {
        var arrays = PreparedArrays.map(in, c.geometry());
        return new PreparedCase(c, window, dimensions, arrays);
      }
    } catch (IOException e) {
      throw noRoom(e);
    }
  }

  private UserError noRoom(IOException e) {
    return new UserError(
        folder
            + ": prepared cases cannot be kept here ("
            + e.getMessage()
            + "); free space, or set MASKMINE_HOME to a folder on a larger disk",
        e);
  }

  private static String key(Case c, HuWindow window, int dimensions) {
    String all = String.join("\n", "" + FORMAT, c.content(), "" + window, "" + dimensions);
    return Digest.of(all).substring(0, KEY);
  }

  private static boolean isWhole(Path file, Case c) throws IOException {
    return Files.exists(file) && Files.size(file) == PreparedArrays.bytes(c.geometry());
  }

  private void make(Path file, Case c, HuWindow window, int dimensions) throws IOException {
    WholeFile.sweep(folder);
    WholeFile.writeChannel(file, PreparedCase.of(c, window, dimensions)::write);
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

  /** Deletes every file. Cases that are in use stay usable. */
  public void clear() {
    for (Path file : files()) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        throw new UserError(
            file + ": cannot be deleted (" + e.getMessage() + "); end what uses it and try again",
            e);
      }
    }
  }

  private List<Path> files() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(f -> ours(f.getFileName().toString().toLowerCase(Locale.ROOT))).toList();
    } catch (IOException e) {
      throw new UserError(
          folder + ": cannot be listed (" + e.getMessage() + "); check its permissions", e);
    }
  }

  private static boolean ours(String name) {
    return name.endsWith(WHOLE) || name.endsWith(UNFINISHED);
  }
}
