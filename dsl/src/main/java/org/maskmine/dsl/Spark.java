package org.maskmine.dsl;

import java.util.HashMap;
import java.util.Map;
import org.maskmine.UserError;
import org.maskmine.dsl.view.Given;

/**
 * Apache Spark, on which a study is trained; see {@link Maskmine#spark} and {@link Study#on}. A
 * value: {@link #set} gives a variant.
 *
 * @param master as Spark writes it: {@code local[2]}, {@code spark://host:7077}, {@code yarn},
 *     {@code k8s://…}
 * @param settings of Spark, by their names
 */
public record Spark(String master, Map<String, String> settings) {
  /** Copies the map and checks the master. */
  public Spark {
    settings = Map.copyOf(settings);
    if (!master.matches("local(\\[([1-9][0-9]*|\\*)(,[0-9]+)?])?|(spark|k8s)://\\S+|yarn")) {
      throw new UserError(
          "spark(\""
              + master
              + "\"): a master is \"local[2]\" on this machine, \"spark://host:7077\", \"yarn\" or"
              + " \"k8s://…\"");
    }
  }

  /**
   * With one of Spark's own settings, such as {@code set("spark.task.cpus", "4")}: four cores for
   * each training.
   *
   * @throws UserError where it is no setting of Spark
   */
  public Spark set(String name, String value) {
    Given.needed(name, "set(name, value)", "name one of Spark's settings");
    Given.needed(value, "set(name, value)", "give it as Spark writes it: \"4\", \"8g\"");
    if (!name.matches("spark\\.[A-Za-z0-9_.-]+")) {
      throw new UserError(
          "set(\"" + name + "\", …): Spark's settings begin with spark., such as spark.task.cpus");
    }
    var all = new HashMap<>(settings);
    all.put(name, value);
    return new Spark(master, all);
  }

  /** Whether the trainings run inside the driver. */
  boolean local() {
    return master.startsWith("local");
  }

  boolean yarn() {
    return master.equals("yarn");
  }

  /** The cores of one training. */
  String coresPerTraining() {
    return settings.getOrDefault("spark.task.cpus", "1");
  }

  @Override
  public String toString() {
    return "spark(\"" + master + "\")";
  }
}
