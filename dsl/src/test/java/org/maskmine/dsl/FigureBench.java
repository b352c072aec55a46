package org.maskmine.dsl;

import static org.maskmine.dsl.Maskmine.cascade2d;
import static org.maskmine.dsl.Maskmine.control;
import static org.maskmine.dsl.Maskmine.dice;
import static org.maskmine.dsl.Maskmine.epochs;
import static org.maskmine.dsl.Maskmine.losses;
import static org.maskmine.dsl.Maskmine.pipelines;
import static org.maskmine.dsl.Maskmine.retraining;
import static org.maskmine.dsl.Maskmine.seeds;

import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Supplier;
import org.maskmine.Progress;
import org.maskmine.data.Datasets;
import org.maskmine.data.Phantom;
import org.maskmine.dsl.view.Viewable;

/**
 * Measures how long viewers take to show, for {@code environment/bench figures}. With {@code
 * prepare} it draws two phantoms and trains nine runs into {@code MASKMINE_HOME}; with {@code
 * measure} it prints seconds and sizes as lines of JSON, the first time in this process and the
 * best of five.
 */
public final class FigureBench {
  private FigureBench() {}

  /** Prepares or measures. */
  public static void main(String[] args) {
    Path phantoms = Home.folder().resolve("bench");
    // few training cases, for short epochs; as many to score as the phantom has
    var scored = new Phantom.Options(60, 4, 24, 12);
    var many = new Phantom.Options(61, 40, 12, 8);
    var cases = new Data(Datasets.phantom(phantoms, many, Progress.NONE));
    if (args[0].equals("prepare")) {
      var data = new Data(Datasets.phantom(phantoms, scored, Progress.NONE));
      Maskmine.study(
              data,
              pipelines(cascade2d()),
              losses(control(), dice()),
              seeds(1, 2, 3),
              epochs(1),
              retraining(epochs(1)))
          .runs();
      System.exit(0);
    }
    measure("viewer of 60 cases", cases::viewer);
    measure("viewer of one case", () -> cases.viewer("volume-0"));
    System.exit(0);
  }

  private static void measure(String name, Supplier<Viewable> value) {
    double first = seconds(value);
    double best = first;
    for (int i = 0; i < 5; i++) {
      best = Math.min(best, seconds(value));
    }
    int bytes = value.get().view().content().getOrDefault("text/html", "").length();
    System.out.printf(
        Locale.ROOT,
        "{\"name\": \"%s\", \"first\": %.3f, \"best\": %.3f, \"bytes\": %d}%n",
        name,
        first,
        best,
        bytes);
  }

  private static double seconds(Supplier<Viewable> value) {
    long begun = System.nanoTime();
    value.get().view();
    return (System.nanoTime() - begun) / 1e9;
  }
}
