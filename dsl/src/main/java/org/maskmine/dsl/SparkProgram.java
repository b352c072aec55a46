package org.maskmine.dsl;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.maskmine.Digest;
import org.maskmine.DiskTrouble;
import org.maskmine.UserError;
import org.maskmine.dsl.view.Screen;
import org.maskmine.study.StudyEvent;
import org.maskmine.study.StudyPlan;

/**
 * A program of its own that speaks to Spark, started as {@code spark-submit} starts it: nothing of
 * Spark is loaded here. It prints events, writes its log beside the study's file, and ends when its
 * input is closed, as it is when this process dies.
 */
final class SparkProgram implements AutoCloseable {
  private static final String JAR = "maskmine-spark.jar";

  /** Hexadecimal digits of a study's folder. */
  private static final int NAME = 12;

  /** What Spark says that is told of no YARN cluster, by its environment or by itself. */
  private static final String UNCONFIGURED = "either HADOOP_CONF_DIR or YARN_CONF_DIR must be set";

  private static final long PERIOD_MS = 100;
  private static final long PATIENCE_SECONDS = 15;

  private final Spark spark;
  private final Process process;
  private final Path log;
  private final BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();

  private SparkProgram(Spark spark, Process process, Path log) {
    this.spark = spark;
    this.process = process;
    this.log = log;
  }

  /**
   * Starts it.
   *
   * @throws UserError where the module for Spark is not built
   */
  static SparkProgram start(StudyPlan plan, Spark spark) {
    String text = plan.text();
    Path folder =
        Path.of(plan.home()).resolve("studies").resolve(Digest.of(text).substring(0, NAME));
    Path file = folder.resolve("study.json");
    plan.write(file);
    Path log = folder.resolve("spark.log");
    var builder = new ProcessBuilder(command(spark, file));
    builder.redirectError(log.toFile());
    if (spark.local()) {
      builder.environment().put("OMP_NUM_THREADS", spark.coresPerTraining());
    }
    if (spark.yarn() && installed().isEmpty()) {
      // Whose jars it sends to the cluster, which needs no Spark of its own.
      builder.environment().put("SPARK_HOME", home(module(spark)).toString());
    }
    try {
      var program = new SparkProgram(spark, builder.start(), log);
      program.listen();
      return program;
    } catch (IOException e) {
      throw new UserError(
          spark + ": cannot be started (" + DiskTrouble.words(e) + "); check SPARK_HOME", e);
    }
  }

  private static List<String> command(Spark spark, Path study) {
    Path module = module(spark);
    List<String> command = new ArrayList<>(submit(spark, module));
    command.addAll(List.of("--master", spark.master()));
    spark
        .settings()
        .forEach((name, value) -> command.addAll(List.of("--conf", name + "=" + value)));
    command.addAll(List.of(module.resolve(JAR).toString(), "--events", study.toString()));
    return command;
  }

  /** {@code spark-submit} of a Spark that is installed, or the same of the jars beside ours. */
  private static List<String> submit(Spark spark, Path module) {
    String home = installed();
    if (!home.isEmpty()) {
      return List.of(Path.of(home, "bin", "spark-submit").toString());
    }
    if (spark.master().startsWith("k8s:")) {
      throw new UserError(
          spark
              + ": needs an installed Spark that knows this cluster; set SPARK_HOME to its folder"
              + " before starting Jupyter");
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + module.resolve("java.flags"));
    // Spark's own launcher makes a flag of it; the class behind it cannot any more.
    String memory = spark.settings().get("spark.driver.memory");
    if (memory != null) {
      command.add("-Xmx" + memory);
    }
    command.add("-cp");
    command.add(
        Stream.concat(
                Stream.of(home(module).resolve("jars") + File.separator + "*"),
                configuration(spark).stream())
            .collect(Collectors.joining(File.pathSeparator)));
    command.add("org.apache.spark.deploy.SparkSubmit");
    return command;
  }

  /** The folder of a Spark that is installed; empty where none is named. */
  private static String installed() {
    return variable("SPARK_HOME");
  }

  /** The value of an environment variable; empty where it is not set. */
  private static String variable(String name) {
    return System.getenv().getOrDefault(name, "").strip();
  }

  /** What stands for an installed Spark: a folder that holds its jars. */
  private static Path home(Path module) {
    return module.resolve("spark");
  }

  /**
   * The folders with Hadoop's configuration: jars alone find a YARN cluster in no other way, an
   * installed Spark also by its own conf/spark-env.sh.
   */
  private static List<String> configuration(Spark spark) {
    List<String> folders =
        Stream.of("HADOOP_CONF_DIR", "YARN_CONF_DIR")
            .map(SparkProgram::variable)
            .filter(folder -> !folder.isEmpty())
            .toList();
    if (spark.yarn() && folders.isEmpty()) {
      throw unconfigured(spark, "");
    }
    return folders;
  }

  private static UserError unconfigured(Spark spark, String otherPlace) {
    return new UserError(
        spark
            + ": HADOOP_CONF_DIR is not set, which tells Spark where the cluster is; set it to the"
            + " folder that holds the cluster's yarn-site.xml before starting Jupyter"
            + otherPlace);
  }

  private static Path module(Spark spark) {
    String folder = variable("MASKMINE_SPARK");
    if (folder.isEmpty() || !Files.exists(Path.of(folder, JAR))) {
      throw new UserError(
          spark
              + ": the module for Apache Spark is not found; start Jupyter with environment/lab --spark,"
              + " or run mvn -DskipTests package in Maskmine's folder and set MASKMINE_SPARK to its"
              + " core/cluster-spark/target");
    }
    return Path.of(folder);
  }

  private void listen() {
    var reader = new Thread(this::read, "maskmine-spark");
    reader.setDaemon(true);
    reader.start();
  }

  private void read() {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        lines.add(Optional.of(line));
      }
    } catch (IOException e) {
      // It was ended.
    }
    lines.add(Optional.empty());
  }

  /**
   * The next event; none when the program has ended.
   *
   * @throws CancellationException where the user stopped the cell
   */
  @Nullable StudyEvent next() {
    while (true) {
      Screen.current().checkInterrupted();
      Optional<String> line;
      try {
        line = lines.poll(PERIOD_MS, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        throw new CancellationException("interrupted while waiting for Spark");
      }
      if (line == null) {
        continue;
      }
      if (line.isEmpty()) {
        return null;
      }
      Optional<StudyEvent> event = StudyEvent.parse(line.get());
      if (event.isPresent()) {
        return event.get();
      }
    }
  }

  /** What is said where the program ended before the study. */
  UserError endedEarly() {
    List<String> said = said();
    if (said.stream().anyMatch(line -> line.contains(UNCONFIGURED))) {
      return unconfigured(spark, " or in its conf/spark-env.sh");
    }
    return new UserError(
        spark
            + ": Spark ended before the study was finished"
            + lastError(said)
            + "; run the cell again, which goes on with what is left; its log is "
            + log);
  }

  /** The lines of the log. */
  private List<String> said() {
    try {
      return Files.readAllLines(log, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return List.of();
    }
  }

  /** The last line in which something failed. */
  private static String lastError(List<String> said) {
    return said.stream()
        .filter(line -> line.matches(".*(Exception|Error)\\b.*") && !line.startsWith("\tat "))
        .reduce((first, second) -> second)
        .map(line -> " (" + line.strip() + ")")
        .orElse("");
  }

  /** Ends the program; runs that are not finished go on next time. */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
