package org.maskmine.kernel;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ForkJoinWorkerThread;
import org.dflib.jjava.jupyter.messages.publish.PublishStream.StreamType;
import org.jspecify.annotations.Nullable;
import org.maskmine.UserError;
import org.maskmine.kernel.protocol.Connection;

/**
 * {@code System.out}, {@code System.err} and {@code System.in} for cells.
 *
 * <p>A thread that a cell started works for that cell, also after its end. Threads of the common
 * pool, which outlive cells, work for the cell that runs. What belongs to no cell goes to the
 * kernel's own terminal.
 */
final class Streams {
  private final InheritableThreadLocal<@Nullable CellOutput> mine = new InheritableThreadLocal<>();
  private final Connection connection;
  private volatile @Nullable CellOutput running;

  Streams(Connection connection) {
    this.connection = connection;
  }

  void install() {
    System.setOut(stream(StreamType.OUT, System.out));
    System.setErr(stream(StreamType.ERR, System.err));
    System.setIn(new Typed());
  }

  /** The calling thread, and those it starts, work for a cell from now on. */
  void enter(CellOutput cell) {
    mine.set(cell);
  }

  /** Which cell runs; null between cells. */
  void running(@Nullable CellOutput cell) {
    running = cell;
  }

  /** The output of the cell that the calling thread works for. */
  @Nullable CellOutput here() {
    CellOutput cell = mine.get();
    boolean shared = cell == null || Thread.currentThread() instanceof ForkJoinWorkerThread;
    return shared && running != null ? running : cell;
  }

  private PrintStream stream(StreamType type, PrintStream terminal) {
    return new PrintStream(new Printed(type, terminal), false, StandardCharsets.UTF_8);
  }

  private final class Printed extends OutputStream {
    private final StreamType type;
    private final PrintStream terminal;

    Printed(StreamType type, PrintStream terminal) {
      this.type = type;
      this.terminal = terminal;
    }

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
      CellOutput cell = here();
      if (cell == null) {
        terminal.write(bytes, from, length);
        terminal.flush();
      } else {
        cell.print(type, bytes, from, length);
      }
    }
  }

  /** One line at a time, asked for where a cell reads beyond the last. */
  private final class Typed extends InputStream {
    private byte[] line = new byte[0];
    private int next;

    @Override
    public synchronized int read() {
      if (next == line.length) {
        line = (ask("", false) + "\n").getBytes(StandardCharsets.UTF_8);
        next = 0;
      }
      return line[next++] & 0xFF;
    }

    @Override
    public synchronized int read(byte[] into, int from, int length) {
      if (length == 0) {
        return 0;
      }
      into[from] = (byte) read();
      int rest = Math.min(length - 1, line.length - next);
      System.arraycopy(line, next, into, from + 1, rest);
      next += rest;
      return rest + 1;
    }

    @Override
    public synchronized int available() {
      return line.length - next;
    }
  }

  /** Asks the user for a line. */
  String ask(String prompt, boolean password) {
    CellOutput cell = here();
    if (cell == null || !cell.inputAllowed()) {
      throw new UserError(
          "System.in: nobody can type here (the front end takes no input); write the value into the"
              + " cell");
    }
    cell.flush();
    return connection.ask(cell.request(), prompt, password);
  }
}
