package org.maskmine.cluster.spark;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkConf;

/** Spark's own cluster on this machine: a master and workers of one core, each a process. */
final class Standalone {
  private static final List<Process> STARTED = new ArrayList<>();
  private static final String HOST = "127.0.0.1";

  private final Path folder;
  private final int port;

  private Standalone(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  static Standalone start(Path folder, int workers) throws IOException, InterruptedException {
    // An installed Spark is a folder with jars; executors are started from it.
    Path jars = Files.createDirectories(folder.resolve("jars"));
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (entry.endsWith(".jar")) {
        Files.createSymbolicLink(jars.resolve(Path.of(entry).getFileName()), Path.of(entry));
      }
    }
    var cluster = new Standalone(folder, freePort());
    cluster.begin(
        "master.Master", "--host", HOST, "--port", "" + cluster.port, "--webui-port", "0");
    cluster.awaitMaster();
    for (int n = 0; n < workers; n++) {
      cluster.begin(
          "worker.Worker",
          "--host",
          HOST,
          "--cores",
          "1",
          "--memory",
          "1g",
          "--webui-port",
          "0",
          "--work-dir",
          folder.resolve("work-" + n).toString(),
          cluster.master());
    }
    return cluster;
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private String master() {
    return "spark://" + HOST + ":" + port;
  }

  private void begin(String program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-Xmx128m", "-XX:TieredStopAtLevel=1", "@src/main/spark/java.flags", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add("org.apache.spark.deploy." + program);
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("SPARK_HOME", folder.toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    builder.redirectOutput(folder.resolve(program + "-" + STARTED.size() + ".log").toFile());
    STARTED.add(builder.start());
  }

  private void awaitMaster() throws InterruptedException {
    for (int i = 0; i < 600; i++) {
      try (var socket = new Socket()) {
        socket.connect(new InetSocketAddress(HOST, port), 100);
        return;
      } catch (IOException e) {
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
    throw new IllegalStateException("no master after a minute; its log lies in " + folder);
  }

  SparkConf conf() {
    return new SparkConf(false)
        .setMaster(master())
        .set("spark.driver.host", HOST)
        .set("spark.executor.memory", "600m")
        .set("spark.executor.extraClassPath", System.getProperty("java.class.path"));
  }

  /** SIGKILL to the worker that has started an executor, and to the executor. */
  void kill(String worker) {
    String id = worker.replaceFirst(".*executor ", "");
    ProcessHandle executor =
        STARTED.stream()
            .flatMap(p -> p.descendants())
            .filter(p -> commandLine(p).contains("--executor-id\0" + id + "\0"))
            .findFirst()
            .orElseThrow();
    ProcessHandle parent = executor.parent().orElseThrow();
    parent.destroyForcibly();
    executor.destroyForcibly();
  }

  /** Longer than Java's own account of it. */
  private static String commandLine(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc", "" + process.pid(), "cmdline"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void endAll() {
    STARTED.forEach(p -> p.descendants().forEach(ProcessHandle::destroyForcibly));
    STARTED.forEach(Process::destroyForcibly);
  }
}
