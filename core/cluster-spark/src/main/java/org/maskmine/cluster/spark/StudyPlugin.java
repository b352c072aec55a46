package org.maskmine.cluster.spark;

import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.jspecify.annotations.Nullable;
import org.maskmine.study.StudyEvent;

/** The way of events from the workers to the driver, while tasks run. Spark makes one of each. */
public final class StudyPlugin implements SparkPlugin {
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

  @Override
  public DriverPlugin driverPlugin() {
    return new DriverPlugin() {
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
      }
    };
  }
}
