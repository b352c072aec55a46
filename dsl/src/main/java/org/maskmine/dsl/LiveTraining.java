package org.maskmine.dsl;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.maskmine.Progress;
import org.maskmine.data.Structure;
import org.maskmine.dsl.figure.Curve;
import org.maskmine.dsl.figure.Figures;
import org.maskmine.dsl.view.ProgressBar;
import org.maskmine.dsl.view.Screen;
import org.maskmine.dsl.view.View;
import org.maskmine.dsl.view.Views;

/**
 * A training in its cell: the bar, and below it loss and Dice curves that grow at most twice a
 * second. The curves go when the run shows its own; they stay where the training was stopped.
 */
final class LiveTraining implements Progress, AutoCloseable {
  private static final long PERIOD_NANOS = 500_000_000;

  private record Point(double loss, double dice) {}

  private final ProgressBar bar;
  private final Screen screen;
  private final String id = "curves-" + UUID.randomUUID();
  private final Map<String, List<Point>> points = new LinkedHashMap<>();
  private boolean worked;
  private boolean shown;
  private long shownAt;

  /** On the screen in use. */
  LiveTraining() {
    this(Screen.current());
  }

  /** On any screen. */
  LiveTraining(Screen screen) {
    this.screen = screen;
    this.bar = new ProgressBar(screen);
  }

  @Override
  public synchronized void report(String activity, int done, int total, String note) {
    worked = true;
    bar.report(activity, done, total, note);
  }

  @Override
  public synchronized void epoch(
      String network, int number, double trainingLoss, double validationDice) {
    points
        .computeIfAbsent(network, n -> new ArrayList<>())
        .add(new Point(trainingLoss, validationDice));
    long now = System.nanoTime();
    boolean drawable = points.get(network).size() > 1;
    if (drawable && (!shown || now - shownAt >= PERIOD_NANOS)) {
      shownAt = now;
      show(Views.of(Figures.curves("Training", curves())));
    }
  }

  private void show(View view) {
    if (shown) {
      screen.update(id, view);
    } else {
      screen.show(id, view);
      shown = true;
    }
  }

  private List<Curve> curves() {
    return points.entrySet().stream().map(e -> curve(e.getKey(), e.getValue())).toList();
  }

  private static Curve curve(String network, List<Point> points) {
    return new Curve(
        network.equals(Structure.LIVER.label()) ? Structure.LIVER : Structure.LESION,
        points.stream().mapToDouble(Point::loss).toArray(),
        points.stream().mapToDouble(Point::dice).toArray(),
        points.size());
  }

  /** Whether anything had to be done; not where a stored run was returned. */
  synchronized boolean worked() {
    return worked;
  }

  /** Replaces the bar by what was done, and takes the curves away. */
  synchronized void finish() {
    bar.finish();
    if (shown) {
      screen.update(id, View.html("", ""));
    }
  }

  @Override
  public void close() {
    bar.close();
  }
}
