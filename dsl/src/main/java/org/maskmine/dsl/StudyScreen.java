package org.maskmine.dsl;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maskmine.data.Part;
import org.maskmine.data.Structure;
import org.maskmine.dsl.view.Screen;
import org.maskmine.dsl.view.Sheet;
import org.maskmine.dsl.view.Sheet.Cell;
import org.maskmine.dsl.view.View;
import org.maskmine.dsl.view.Views;
import org.maskmine.scoring.Gate;

/**
 * The cell of a study: how far the grid is and how long it will take, above what the running
 * trainings show and the results so far.
 */
final class StudyScreen {
  /** So many trainings are shown; a cluster may run a hundred at once. */
  private static final int SHOWN = 4;

  private static final long PERIOD_NANOS = 200_000_000;

  private final Screen screen = Screen.current();
  private final String id = "study-" + java.util.UUID.randomUUID();
  private final int total;
  private final List<List<Cell>> results = new ArrayList<>();
  private final List<Lane> lanes = new ArrayList<>();
  private int found;
  private double trainedSeconds;
  private boolean shown;
  private long shownAt;

  StudyScreen(int total) {
    this.total = total;
  }

  /** Where a running training shows itself, by its ids. Closed when it ends. */
  final class Lane implements Screen, AutoCloseable {
    private final String what;
    private final Map<String, View> views = new LinkedHashMap<>();

    private Lane(String what) {
      this.what = what;
    }

    @Override
    public void show(String viewId, View view) {
      update(viewId, view);
    }

    @Override
    public void update(String viewId, View view) {
      synchronized (StudyScreen.this) {
        views.put(viewId, view);
        if (System.nanoTime() - shownAt >= PERIOD_NANOS) {
          refresh();
        }
      }
    }

    @Override
    public void checkInterrupted() {
      screen.checkInterrupted();
    }

    @Override
    public void close() {
      synchronized (StudyScreen.this) {
        if (lanes.remove(this)) {
          refresh();
        }
      }
    }
  }

  /** Says what begins now. */
  synchronized Lane begin(String what) {
    var lane = new Lane(what);
    lanes.add(lane);
    refresh();
    return lane;
  }

  /**
   * Adds a finished run to the results.
   *
   * @param seconds that it took now; none where it was in the store
   */
  synchronized void add(Run run, @Nullable Double seconds) {
    if (seconds == null) {
      found++;
    } else {
      trainedSeconds += seconds;
    }
    var info = run.stored().info();
    double dice =
        run.stored().scores().of(Part.VALIDATION, Structure.LESION, Gate.TRUE_LIVER).meanDice();
    results.add(
        List.of(
            Cell.words(run.id()),
            Cell.words(info.recipe().pipeline()),
            Cell.number(info.recipe().seed(), Long.toString(info.recipe().seed())),
            Double.isNaN(dice)
                ? Cell.figure("–")
                : Cell.number(dice, String.format(Locale.ROOT, "%.3f", dice)),
            seconds == null
                ? Cell.figure("stored")
                : Cell.number(seconds, String.format(Locale.ROOT, "%.0f", seconds))));
    refresh();
  }

  private String progress() {
    int done = results.size();
    int trained = done - found;
    int together = Math.max(1, lanes.size());
    String left =
        trained == 0 || done == total
            ? ""
            : ", about " + words(trainedSeconds / trained * (total - done) / together) + " left";
    return "Study: " + done + " of " + total + " runs" + left + now();
  }

  private String now() {
    return switch (lanes.size()) {
      case 0 -> "";
      case 1 -> " · now " + lanes.get(0).what;
      default -> " · " + lanes.size() + " at work";
    };
  }

  private static String words(double seconds) {
    var duration = Duration.ofSeconds(Math.round(seconds));
    return duration.toHours() > 0
        ? String.format(Locale.ROOT, "%d:%02d h", duration.toHours(), duration.toMinutesPart())
        : String.format(Locale.ROOT, "%d:%02d min", duration.toMinutes(), duration.toSecondsPart());
  }

  private void refresh() {
    shownAt = System.nanoTime();
    List<Object> parts = new ArrayList<>(List.of(progress()));
    for (Lane lane : lanes.subList(0, Math.min(SHOWN, lanes.size()))) {
      if (lanes.size() > 1) {
        parts.add(lane.what);
      }
      parts.addAll(lane.views.values());
    }
    if (lanes.size() > SHOWN) {
      parts.add("… and " + (lanes.size() - SHOWN) + " more");
    }
    if (!results.isEmpty()) {
      parts.add(sheet());
    }
    View view = Views.stack(parts.toArray());
    if (shown) {
      screen.update(id, view);
    } else {
      screen.show(id, view);
    }
    shown = true;
  }

  private Sheet sheet() {
    return new Sheet(
        "",
        List.of(),
        List.of("run", "pipeline", "seed", "lesion Dice, validation", "seconds"),
        results,
        List.of());
  }
}
