package org.maskmine.kernel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Remembers which cell runs, in a file beside the connection file. A kernel that ends takes the
 * file away; one that dies leaves it to the kernel that Jupyter starts in its place, which can then
 * say what was lost and what was not.
 */
final class RunningCell {
  private static final int LONGEST_LINE = 100;
  private static final String SEPARATOR = "\n";

  private final Path file;
  private final @Nullable FileChannel channel;
  private @Nullable String left;

  /**
   * Reads what a kernel that died has left.
   *
   * @param connectionFile the same for a kernel and those that Jupyter starts in its place
   */
  RunningCell(Path connectionFile) {
    file = connectionFile.resolveSibling(connectionFile.getFileName() + ".running");
    channel = open();
  }

  /** Without the file, as in a folder that cannot be written to, nothing else is amiss. */
  private @Nullable FileChannel open() {
    try {
      left = Files.exists(file) ? Files.readString(file) : null;
      var options =
          Set.of(
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE);
      return FileChannel.open(file, options, forTheOwnerAlone());
    } catch (IOException e) {
      LoggerFactory.getLogger(RunningCell.class)
          .debug("running cells are not remembered: {}", e.toString());
      return null;
    }
  }

  private static FileAttribute<?>[] forTheOwnerAlone() {
    boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  /** A cell begins. */
  void begin(int number, String source) {
    String line = source.strip().lines().findFirst().orElse("");
    String shown = line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE - 1) + "…";
    write(String.join(SEPARATOR, "" + ProcessHandle.current().pid(), "" + number, shown));
  }

  /** The cell has ended. */
  void end() {
    write("");
  }

  private synchronized void write(String text) {
    if (channel == null || !channel.isOpen()) {
      return;
    }
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      channel.write(ByteBuffer.wrap(bytes), 0);
      channel.truncate(bytes.length);
    } catch (IOException e) {
      LoggerFactory.getLogger(RunningCell.class)
          .debug("a running cell is not remembered: {}", e.toString());
    }
  }

  /** What to tell about a kernel that died, once; null where none did while a cell ran. */
  synchronized @Nullable String tellOnce() {
    String told = left;
    left = null;
    String[] parts = told == null ? new String[0] : told.split(SEPARATOR, -1);
    return parts.length == 3 ? account(parts[0], parts[1], parts[2]) : null;
  }

  private static String account(String process, String number, String line) {
    var javasOwn = Path.of("hs_err_pid" + process + ".log");
    return "The kernel died while cell ["
        + number
        + "] ran: "
        + line
        + "\nVariables are gone, stored runs are not: run the cells from the top again, and a training"
        + " goes on from its last epoch; runs() lists what is stored."
        + (Files.exists(javasOwn) ? "\nJava's account of the end: " + javasOwn : "");
  }

  /** The kernel ends as it should: nothing is left behind. */
  synchronized void close() {
    try {
      if (channel != null) {
        channel.close();
      }
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LoggerFactory.getLogger(RunningCell.class).debug("{} stays: {}", file, e.toString());
    }
  }
}
