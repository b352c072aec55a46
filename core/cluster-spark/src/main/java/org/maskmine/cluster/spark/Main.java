package org.maskmine.cluster.spark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.SparkConf;
import org.maskmine.UserError;
import org.maskmine.study.StudyEvent;
import org.maskmine.study.StudyPlan;

/**
 * The program that {@code spark-submit} starts: {@code spark-submit --master … maskmine-spark.jar
 * study.json}. A notebook starts it with {@code --events} and reads what it prints.
 */
public final class Main {
  private static final String EVENTS = "--events";
  private static final String USAGE =
      "spark-submit --master MASTER maskmine-spark.jar STUDY: STUDY is a file that"
          + " study(…).save(\"study.json\") has written";

  private Main() {}

  /** Trains the study in a file. */
  public static void main(String[] arguments) {
    List<String> words = List.of(arguments);
    boolean events = words.contains(EVENTS);
    List<String> files = words.stream().filter(w -> !w.equals(EVENTS)).toList();
    int status = 0;
    try {
      if (files.size() != 1) {
        throw new UserError(USAGE);
      }
      StudyPlan plan = StudyPlan.read(Path.of(files.get(0)));
      if (events) {
        endWithTheNotebook();
      }
      Consumer<StudyEvent> out = events ? Main::print : new Lines(plan, System.out);
      new StudyDriver(plan, out).run(new SparkConf());
    } catch (UserError e) {
      if (events) {
        print(new StudyEvent.Failed(String.valueOf(e.getMessage())));
      } else {
        System.err.println(e.getMessage());
      }
      status = 1;
    } catch (Exception | Error e) {
      // Spark's own threads would keep this program alive.
      e.printStackTrace();
      status = 2;
    }
    System.exit(status);
  }

  private static void print(StudyEvent event) {
    System.out.println(event.line());
    System.out.flush();
  }

  /** The notebook holds this program's input open as long as it wants it. */
  private static void endWithTheNotebook() {
    var waiting =
        new Thread(
            () -> {
              try {
                while (System.in.read() >= 0) {
                  // Nobody writes.
                }
              } catch (IOException e) {
                // As good as its end.
              }
              System.exit(1);
            },
            "maskmine-notebook");
    waiting.setDaemon(true);
    waiting.start();
  }
}
