package org.maskmine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.maskmine.kernel.CellQueue.Turn;

class CellQueueTest {
  private final Logger log = Logger.getLogger(CellQueue.class.getName());
  private final List<LogRecord> logged = new CopyOnWriteArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord entry) {
          logged.add(entry);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    log.addHandler(handler);
    log.setUseParentHandlers(false);
  }

  @AfterEach
  void hear_no_more() {
    log.removeHandler(handler);
    log.setUseParentHandlers(true);
  }

  private static Turn turnOfNext(CellQueue queue) throws Exception {
    var turn = new CompletableFuture<Turn>();
    queue.add(turn::complete);
    return turn.get(10, TimeUnit.SECONDS);
  }

  @Test
  void what_fails_after_a_cell_is_logged_with_its_trace_and_the_next_cell_runs() throws Exception {
    var closed = new IllegalStateException("JShell is closed");
    var full = new OutOfMemoryError("Java heap space");
    var queue = new CellQueue();
    queue.add(
        turn -> {
          throw closed;
        });
    queue.add(
        turn -> {
          throw full;
        });
    assertThat(turnOfNext(queue)).isEqualTo(Turn.RUN);
    assertThat(logged)
        .extracting(new SimpleFormatter()::formatMessage)
        .containsOnly("something failed after a cell; the next one runs");
    assertThat(logged).extracting(LogRecord::getThrown).containsExactly(closed, full);
  }

  @Test
  void cells_that_wait_are_turned_away_and_later_ones_run() throws Exception {
    var queue = new CellQueue();
    var waiting = new CompletableFuture<Turn>();
    queue.add(
        turn -> {
          queue.add(waiting::complete);
          queue.abortWaiting();
        });
    assertThat(waiting.get(10, TimeUnit.SECONDS)).isEqualTo(Turn.ABORTED);
    assertThat(turnOfNext(queue)).isEqualTo(Turn.RUN);
  }
}
