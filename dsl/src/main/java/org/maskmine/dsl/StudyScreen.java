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
 * The cell of a study: how far the grid is and how long it will take, above what the running verb
 * shows and the results so far. Stands before the screen in use until it is closed.
 */
final class StudyScreen implements Screen, AutoCloseable {

  private final Screen behind = Screen.current();
  private final String id = "study-" + java.util.UUID.randomUUID();
  private final int total;
  private final List<List<Cell>> results = new ArrayList<>();
  private int found;
  private double trainedSeconds;
  private boolean shown;
  private String doing = "";

  /** What the running verb shows, by its ids. */
  private final Map<String, View> verb = new LinkedHashMap<>();

  StudyScreen(int total) {
    this.total = total;
    Screen.install(this);
  }

  /** Says what begins now. */
  synchronized void begin(String what) {
    doing = what;
    verb.clear();
    refresh();
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
    String left =
        trained == 0 || done == total
            ? ""
            : ", about " + words(trainedSeconds / trained * (total - done)) + " left";
    String now = done == total ? "" : " · now " + doing;
    return "Study: " + done + " of " + total + " runs" + left + now;
  }

  private static String words(double seconds) {
    var duration = Duration.ofSeconds(Math.round(seconds));
    return duration.toHours() > 0
        ? String.format(Locale.ROOT, "%d:%02d h", duration.toHours(), duration.toMinutesPart())
        : String.format(Locale.ROOT, "%d:%02d min", duration.toMinutes(), duration.toSecondsPart());
  }

  private synchronized void refresh() {
    var sheet =
        new Sheet(
            "",
            List.of(),
            List.of("run", "pipeline", "seed", "lesion Dice, validation", "seconds"),
            results,
            List.of());
    List<Object> parts = new ArrayList<>(List.of(progress()));
    parts.addAll(verb.values());
    if (!results.isEmpty()) {
      parts.add(sheet);
    }
    View view = Views.stack(parts.toArray());
    if (shown) {
      behind.update(id, view);
    } else {
      behind.show(id, view);
    }
    shown = true;
  }

  @Override
  public synchronized void show(String verbId, View view) {
    verb.put(verbId, view);
    refresh();
  }

  @Override
  public synchronized void update(String verbId, View view) {
    verb.put(verbId, view);
    refresh();
  }

  @Override
  public void checkInterrupted() {
    behind.checkInterrupted();
  }

  @Override
  public synchronized void close() {
    verb.clear();
    refresh();
    Screen.install(behind);
  }
}
