package org.maskmine.training;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.maskmine.DiskTrouble;

/**
 * The right to change a run. Held by one thread of one process; the operating system takes it back
 * where that process dies.
 */
final class RunLock implements AutoCloseable {
  /** Held by this process: closing a file gives back every lock of a process on it. */
  private static final Set<Path> HERE = ConcurrentHashMap.newKeySet();

  private static final String FOLDER = ".locks";
  private static final int MOST_DIGITS = 20;

  private final Path file;
  private final FileChannel channel;

  private RunLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock of a run, which need not exist yet.
   *
   * @throws RunBusy where somebody else holds it
   */
  static RunLock take(Path store, String id) {
    Path file = store.toAbsolutePath().normalize().resolve(FOLDER).resolve(id);
    if (!HERE.add(file)) {
      throw new RunBusy(
          "run "
              + id
              + ": this kernel is at work on it already; wait until that is done, or interrupt it");
    }
    try {
      Files.createDirectories(file.getParent());
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      try {
        return locked(file, channel, id);
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      HERE.remove(file);
      throw DiskTrouble.writing(file, e);
    } catch (RuntimeException e) {
      HERE.remove(file);
      throw e;
    }
  }

  private static RunLock locked(Path file, FileChannel channel, String id) throws IOException {
    @Nullable FileLock lock = channel.tryLock();
    if (lock == null) {
      throw new RunBusy(
          "run "
              + id
              + ": another kernel (process "
              + holder(channel)
              + ") is at work on it; wait until it is done, or interrupt it there");
    }
    channel.truncate(0);
    channel.write(
        ByteBuffer.wrap(("" + ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)),
        0);
    return new RunLock(file, channel);
  }

  private static String holder(FileChannel channel) throws IOException {
    var bytes = ByteBuffer.allocate(MOST_DIGITS);
    channel.read(bytes, 0);
    return new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw DiskTrouble.writing(file, e);
    } finally {
      HERE.remove(file);
    }
  }
}
