package org.maskmine.kernel;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.dflib.jjava.jupyter.channels.ReplyEnvironment;
import org.dflib.jjava.jupyter.messages.ContentType;
import org.dflib.jjava.jupyter.messages.MessageContext;
import org.dflib.jjava.jupyter.messages.publish.PublishStream;
import org.dflib.jjava.jupyter.messages.publish.PublishStream.StreamType;

/**
 * What one cell prints and shows. Printed text is gathered for some milliseconds and sent together;
 * text and views keep their order. Works from any thread, and after the cell has ended.
 */
final class CellOutput {
  private static final int GATHER_MS = 40;
  private static final int SEND_AT_BYTES = 1 << 16;
  private static final long LIMIT_BYTES = 16L << 20;
  private static final ScheduledExecutorService TIMER =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            var thread = new Thread(work, "output");
            thread.setDaemon(true);
            return thread;
          });

  private final ReplyEnvironment environment;
  private final MessageContext request;
  private final boolean inputAllowed;
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
  private StreamType stream = StreamType.OUT;
  private boolean scheduled;
  private long printed;

  /**
   * @param request the message that asked for the cell, to which output is addressed
   */
  CellOutput(ReplyEnvironment environment, MessageContext request, boolean inputAllowed) {
    this.environment = environment;
    this.request = request;
    this.inputAllowed = inputAllowed;
  }

  MessageContext request() {
    return request;
  }

  boolean inputAllowed() {
    return inputAllowed;
  }

  synchronized void print(StreamType to, byte[] bytes, int from, int length) {
    if (printed > LIMIT_BYTES) {
      return;
    }
    if (to != stream) {
      flush();
      stream = to;
    }
    pending.write(bytes, from, length);
    printed += length;
    if (printed > LIMIT_BYTES) {
      flush();
      String notice =
          "\n… output cut: this cell printed more than "
              + (LIMIT_BYTES >> 20)
              + " MB; print less or write to a file\n";
      send(new PublishStream(StreamType.ERR, notice));
    } else if (pending.size() >= SEND_AT_BYTES) {
      flush();
    } else if (!scheduled) {
      scheduled = true;
      TIMER.schedule(this::flushLater, GATHER_MS, TimeUnit.MILLISECONDS);
    }
  }

  private synchronized void flushLater() {
    scheduled = false;
    flush();
  }

  /** Sends what was printed, except for the first bytes of a character that is not yet whole. */
  synchronized void flush() {
    byte[] bytes = pending.toByteArray();
    int whole = wholeCharacters(bytes);
    if (whole == 0) {
      return;
    }
    pending.reset();
    pending.write(bytes, whole, bytes.length - whole);
    String text = new String(bytes, 0, whole, StandardCharsets.UTF_8);
    send(new PublishStream(stream, text));
  }

  /** How many of the bytes make whole UTF-8 characters. */
  static int wholeCharacters(byte[] bytes) {
    int back = 1;
    while (back <= Math.min(3, bytes.length) && (bytes[bytes.length - back] & 0xC0) == 0x80) {
      back++;
    }
    if (back > bytes.length) {
      return bytes.length;
    }
    int lead = bytes[bytes.length - back] & 0xFF;
    int needed = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    return needed > back ? bytes.length - back : bytes.length;
  }

  /** Publishes something after all that was printed before it. */
  synchronized <T extends ContentType<T>> void publish(T content) {
    flush();
    send(content);
  }

  /**
   * An interrupt of this thread waits: a socket would fail with it, and the cell with the socket.
   */
  private <T extends ContentType<T>> void send(T content) {
    boolean interrupted = Thread.interrupted();
    try {
      environment.publish(content);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
