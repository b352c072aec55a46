package org.maskmine.dsl.view;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.maskmine.Progress;

/**
 * A bar in the cell: reports become one display that changes in place, at most eight times a
 * second, with the time left. The last report is always shown. An interrupt ends the work at its
 * next report. Whoever opened it closes it.
 */
public final class ProgressBar implements Progress, AutoCloseable {
  private static final long PERIOD_MS = 125;

  private final Screen screen;
  private final String id = "progress-" + UUID.randomUUID();
  private final ScheduledExecutorService ticker =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            var thread = new Thread(task, "maskmine-progress");
            thread.setDaemon(true);
            return thread;
          });

  private final Map<String, Long> nanosOf = new LinkedHashMap<>();
  private @Nullable State state;
  private @Nullable View shown;
  private @Nullable View next;
  private long begun;
  private int first;

  /**
   * What was reported last.
   *
   * @param first steps that were done when this bar first heard of the activity
   * @param nanos since then
   */
  private record State(String activity, int first, int done, int total, String note, long nanos) {}

  /** A bar on the screen in use. */
  public ProgressBar() {
    this(Screen.current());
  }

  /** A bar on any screen. */
  public ProgressBar(Screen screen) {
    this.screen = screen;
    ticker.scheduleAtFixedRate(this::show, PERIOD_MS, PERIOD_MS, TimeUnit.MILLISECONDS);
  }

  @Override
  public void report(String activity, int done, int total, String note) {
    screen.checkInterrupted();
    synchronized (this) {
      long now = System.nanoTime();
      if (state == null || !state.activity().equals(activity)) {
        begun = now;
        first = done;
      }
      state = new State(activity, first, done, total, note, now - begun);
      nanosOf.put(activity, now - begun);
      next = null;
    }
  }

  /** Replaces the bar by what was done and how long each activity took. */
  public synchronized void finish() {
    if (state != null) {
      nanosOf.put(state.activity(), System.nanoTime() - begun);
      next = summary(nanosOf);
    }
  }

  /** Shows the last report and ends. */
  @Override
  public void close() {
    ticker.shutdown();
    show();
  }

  private synchronized void show() {
    State now = state;
    if (now == null) {
      return;
    }
    View view = next == null ? bar(now) : next;
    if (view.equals(shown)) {
      return;
    }
    if (shown == null) {
      screen.show(id, view);
    } else {
      screen.update(id, view);
    }
    shown = view;
  }

  private static View summary(Map<String, Long> nanosOf) {
    String words =
        nanosOf.entrySet().stream()
            .map(e -> e.getKey() + " " + duration(e.getValue()))
            .collect(Collectors.joining(" · "));
    return View.html("<div class=\"maskmine-progress\">" + Html.escape(words) + "</div>", words);
  }

  private static View bar(State s) {
    String words = words(s);
    String html =
        "<div class=\"maskmine-progress\"><progress style=\"width:16em;vertical-align:middle\""
            + " value=\""
            + s.done()
            + "\" max=\""
            + Math.max(1, s.total())
            + "\"></progress> "
            + Html.escape(words)
            + "</div>";
    return View.html(html, words);
  }

  private static String words(State s) {
    String note = s.note().isEmpty() ? "" : " · " + s.note();
    return s.activity() + " " + s.done() + "/" + s.total() + note + left(s);
  }

  private static String left(State s) {
    int steps = s.done() - s.first();
    return steps <= 0 || s.done() >= s.total()
        ? ""
        : " · " + duration(s.nanos() / steps * (s.total() - s.done())) + " left";
  }

  /** {@code 12 s}, {@code 3:05 min}, {@code 2:10 h}. */
  static String duration(long nanos) {
    long seconds = Math.round(nanos / 1e9);
    if (seconds < 60) {
      return seconds + " s";
    }
    return seconds < 3600
        ? String.format(Locale.ROOT, "%d:%02d min", seconds / 60, seconds % 60)
        : String.format(Locale.ROOT, "%d:%02d h", seconds / 3600, seconds / 60 % 60);
  }
}
