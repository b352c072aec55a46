package org.maskmine.kernel.install;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;
import org.maskmine.UserError;
import org.maskmine.kernel.protocol.KernelClient;
import org.maskmine.kernel.protocol.KernelClient.Received;

/** Starts the kernel as Jupyter would, runs cells in it and ends it. */
final class Trial {
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration CELL = Duration.ofSeconds(60);
  private static final int END_SECONDS = 60;

  /**
   * How a trial went.
   *
   * @param startMs from launch to the first answer, in milliseconds
   * @param cellMs the first cell, in milliseconds
   */
  record Times(long startMs, long cellMs) {}

  private final List<String> command;
  private final Map<String, String> environment;

  Trial(List<String> command, Map<String, String> environment) {
    this.command = List.copyOf(command);
    this.environment = Map.copyOf(environment);
  }

  /**
   * Runs cells; the first must be {@code 1+1}.
   *
   * @throws UserError where the kernel does not start or does not answer 2
   */
  Times run(List<String> cells) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("maskmine-trial");
    Path log = folder.resolve("kernel.log");
    Path file = folder.resolve("connection.json");
    var connection = connection();
    Files.writeString(file, connection.toJsonString());
    long launched = System.nanoTime();
    Process kernel = start(file, log, folder.resolve("home"));
    try (var client = new KernelClient(connection)) {
      if (!awaitStart(client, kernel)) {
        throw failed("did not start", log);
      }
      long started = System.nanoTime();
      long answered = runAll(client, cells, log);
      client.command("shutdown_request", restart());
      if (!kernel.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        throw failed("did not end", log);
      }
      return new Times((started - launched) / 1_000_000, (answered - started) / 1_000_000);
    } finally {
      kernel.destroyForcibly().onExit().join();
      remove(folder);
    }
  }

  /** With what a kernel that did not end as it should has left there. */
  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }

  /**
   * @param home in the place of the user's runs and phantoms
   */
  private Process start(Path connectionFile, Path log, Path home) throws IOException {
    var arguments = new ArrayList<>(command);
    arguments.add(connectionFile.toString());
    var builder = new ProcessBuilder(arguments).redirectErrorStream(true);
    builder.redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    builder.environment().put("MASKMINE_HOME", home.toString());
    return builder.start();
  }

  private static boolean awaitStart(KernelClient client, Process kernel) {
    long end = System.nanoTime() + START.toNanos();
    while (System.nanoTime() < end && kernel.isAlive()) {
      if (client.awaitKernel(Duration.ofMillis(500))) {
        return true;
      }
    }
    return false;
  }

  private static long runAll(KernelClient client, List<String> cells, Path log) throws IOException {
    String first = client.execute(cells.get(0));
    Received reply = client.reply(first, CELL);
    long answered = System.nanoTime();
    boolean two =
        client.outputs(first, CELL).stream()
            .anyMatch(
                output ->
                    output.type().equals("execute_result")
                        && output.content().toString().contains("\"text/plain\":\"2\""));
    if (reply == null || !two) {
      throw failed("started, but did not answer 1+1 with 2", log);
    }
    for (String cell : cells.subList(1, cells.size())) {
      client.reply(client.execute(cell), CELL);
    }
    return answered;
  }

  private static UserError failed(String how, Path log) throws IOException {
    String said = Files.readString(log).strip();
    return new UserError(
        "the kernel "
            + how
            + (said.isEmpty() ? "; it said nothing" : "; it said: " + lastLines(said)));
  }

  private static String lastLines(String text) {
    List<String> lines = text.lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 8), lines.size()));
  }

  private static JsonObject restart() {
    var content = new JsonObject();
    content.addProperty("restart", false);
    return content;
  }

  private static KernelConnectionProperties connection() throws IOException {
    var ports = new int[5];
    var held = new ArrayList<ServerSocket>();
    for (int i = 0; i < ports.length; i++) {
      var socket = new ServerSocket(0);
      held.add(socket);
      ports[i] = socket.getLocalPort();
    }
    for (ServerSocket socket : held) {
      socket.close();
    }
    var key = UUID.randomUUID().toString();
    return new KernelConnectionProperties(
        "127.0.0.1", ports[0], ports[1], ports[2], ports[3], ports[4], "tcp", "hmac-sha256", key);
  }
}
