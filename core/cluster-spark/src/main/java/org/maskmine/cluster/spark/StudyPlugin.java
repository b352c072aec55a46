package org.maskmine.cluster.spark;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.SparkContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.jspecify.annotations.Nullable;
import org.maskmine.study.StudyEvent;

/** The way of events from the workers to the driver, while tasks run. Spark makes one of each. */
public final class StudyPlugin implements SparkPlugin {
  /** The version of the Spark in this process. */
  static final String SPARK = org.apache.spark.package$.MODULE$.SPARK_VERSION();

  private static final String VERSION = "spark";

  private static volatile Consumer<StudyEvent> driver = event -> {};
  private static volatile @Nullable PluginContext worker;

  /** For Spark, by its name. */
  public StudyPlugin() {}

  /** Says who is told of events on this, the driver's side. */
  static void listen(Consumer<StudyEvent> listener) {
    driver = listener;
  }

  /** Tells the driver; what is lost on the way is only shown later or not at all. */
  static void tell(StudyEvent event) {
    PluginContext context = worker;
    if (context != null) {
      try {
        context.send(event.line());
      } catch (IOException e) {
        // The driver is gone, and Spark is about to end this worker.
      }
    }
  }

  /** What is wrong with a worker's Spark: what one sends, another of its kind alone can read. */
  static Optional<String> otherSpark(String worker, String driver) {
    return kind(worker).equals(kind(driver))
        ? Optional.empty()
        : Optional.of(
            "has Spark "
                + worker
                + ", but the study's program has Spark "
                + driver
                + ": both must be of one version; set SPARK_HOME to an installed Spark "
                + kind(worker)
                + " before starting Jupyter, or start the workers with "
                + driver);
  }

  /** {@code 4.2} of {@code 4.2.0}. */
  private static String kind(String version) {
    return version.replaceFirst("^(\\d+\\.\\d+).*", "$1");
  }

  @Override
  public DriverPlugin driverPlugin() {
    return new DriverPlugin() {
      @Override
      public Map<String, String> init(SparkContext spark, PluginContext context) {
        return Map.of(VERSION, SPARK);
      }

      @Override
      public @Nullable Object receive(Object line) {
        StudyEvent.parse((String) line).ifPresent(driver);
        return null;
      }
    };
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return new ExecutorPlugin() {
      @Override
      public void init(PluginContext context, Map<String, String> settings) {
        worker = context;
        otherSpark(SPARK, settings.getOrDefault(VERSION, SPARK))
            .map(sentence -> new StudyEvent.Failed(Workplace.here().says(sentence)))
            .ifPresent(StudyPlugin::tell);
      }
    };
  }
}
