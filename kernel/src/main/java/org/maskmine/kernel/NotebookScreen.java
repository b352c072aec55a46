package org.maskmine.kernel;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.messages.publish.PublishDisplayData;
import org.dflib.jjava.jupyter.messages.publish.PublishUpdateDisplayData;
import org.jspecify.annotations.Nullable;
import org.maskmine.dsl.view.Screen;
import org.maskmine.dsl.view.View;
import org.maskmine.kernel.shell.Checkpoint;

/** Ships views to the cell whose code shows them, and their updates to where they were shown. */
final class NotebookScreen implements Screen {
  private static final long UPDATE_EVERY_MS = 100;
  private static final int REMEMBERED = 1000;

  private final Streams streams;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            var thread = new Thread(work, "display-updates");
            thread.setDaemon(true);
            return thread;
          });
  private final Map<String, Shown> shown =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Shown> eldest) {
          return size() > REMEMBERED;
        }
      };

  NotebookScreen(Streams streams) {
    this.streams = streams;
  }

  /** The content of a view under a display id, null for none. */
  static DisplayData data(View view, @Nullable String id) {
    var data = new DisplayData();
    view.content().forEach(data::putData);
    if (id != null) {
      data.setDisplayId(id);
    }
    return data;
  }

  @Override
  public void show(String id, View view) {
    CellOutput cell = streams.here();
    if (cell == null) {
      return;
    }
    synchronized (shown) {
      shown.put(id, new Shown(id, cell));
    }
    cell.publish(new PublishDisplayData(data(view, id)));
  }

  @Override
  public void update(String id, View view) {
    Shown known;
    synchronized (shown) {
      known = shown.get(id);
    }
    if (known == null) {
      show(id, view);
    } else {
      known.update(view);
    }
  }

  @Override
  public void checkInterrupted() {
    Checkpoint.check();
  }

  /** Sends the updates that wait for their turn; a cell's last state must arrive before its end. */
  void flush() {
    Shown[] all;
    synchronized (shown) {
      all = shown.values().toArray(Shown[]::new);
    }
    for (Shown each : all) {
      each.send();
    }
  }

  /** One shown view; of updates that come too fast only the latest is sent. */
  private final class Shown {
    private final String id;
    private final CellOutput cell;
    private @Nullable View waiting;
    private boolean scheduled;
    private long sentAt = System.nanoTime();

    Shown(String id, CellOutput cell) {
      this.id = id;
      this.cell = cell;
    }

    synchronized void update(View view) {
      waiting = view;
      long sinceLast = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - sentAt);
      if (sinceLast >= UPDATE_EVERY_MS) {
        send();
      } else if (!scheduled) {
        scheduled = true;
        timer.schedule(this::sendLater, UPDATE_EVERY_MS - sinceLast, TimeUnit.MILLISECONDS);
      }
    }

    private synchronized void sendLater() {
      scheduled = false;
      send();
    }

    synchronized void send() {
      if (waiting != null) {
        sentAt = System.nanoTime();
        cell.publish(new PublishUpdateDisplayData(data(waiting, id)));
        waiting = null;
      }
    }
  }
}
