package org.maskmine.kernel;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;
import org.jspecify.annotations.Nullable;
import org.maskmine.kernel.protocol.KernelClient;
import org.maskmine.kernel.protocol.KernelClient.Received;

/** A notebook in front of a real kernel: a Java of its own, reached through real sockets. */
final class Notebooks implements AutoCloseable {
  static final Duration LIMIT = Duration.ofSeconds(60);

  /** The Java that kernels of tests run on: another than that of the tests where told so. */
  static final Path JAVA =
      Path.of(System.getProperty("kernel.java", System.getProperty("java.home")), "bin", "java");

  private final List<String> command;
  private final Path connectionFile;
  private Process kernel;
  final KernelConnectionProperties connection;
  final KernelClient client;

  /** What one cell came to. */
  record Outcome(JsonObject reply, List<Received> outputs) {
    String status() {
      return reply.get("status").getAsString();
    }

    /** The text shown for the cell's value; empty where none was shown. */
    String result() {
      return texts("execute_result");
    }

    String displayed() {
      return texts("display_data");
    }

    private String texts(String type) {
      return outputs.stream()
          .filter(output -> output.type().equals(type))
          .map(output -> output.content().getAsJsonObject("data").get("text/plain").getAsString())
          .collect(Collectors.joining("|"));
    }

    String stdout() {
      return stream("stdout");
    }

    String stderr() {
      return stream("stderr");
    }

    private String stream(String name) {
      return outputs.stream()
          .filter(output -> output.text("name").equals(name))
          .map(output -> output.text("text"))
          .collect(Collectors.joining());
    }

    /** Kind and sentence of the error; empty where there is none. */
    String error() {
      return reply.has("ename")
          ? reply.get("ename").getAsString() + ": " + reply.get("evalue").getAsString()
          : "";
    }

    /** The error as shown, without colours. */
    String account() {
      JsonArray lines = reply.getAsJsonArray("traceback");
      return String.join("\n", KernelClient.strings(lines)).replaceAll("\u001b\\[\\d+m", "");
    }
  }

  private Notebooks(
      List<String> command, Path connectionFile, KernelConnectionProperties connection)
      throws IOException {
    this.command = command;
    this.connectionFile = connectionFile;
    this.connection = connection;
    kernel = process();
    client = new KernelClient(connection);
    awaitStart();
  }

  static Notebooks start(String... flags) throws IOException {
    return start(JAVA, flags);
  }

  static Notebooks start(Path java, String... flags) throws IOException {
    var connection = connection();
    Path folder = Files.createTempDirectory("kernel");
    Path file = Files.writeString(folder.resolve("kernel.json"), connection.toJsonString());
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    var command = new ArrayList<>(List.of(java.toString()));
    command.addAll(List.of(flags));
    command.addAll(
        List.of(
            "--add-opens=jdk.jshell/jdk.jshell=ALL-UNNAMED",
            "--add-exports=jdk.compiler/com.sun.tools.javac.api=ALL-UNNAMED",
            "--add-exports=jdk.compiler/com.sun.tools.javac.util=ALL-UNNAMED",
            "-Djava.awt.headless=true",
            "-cp",
            classPath,
            Main.class.getName(),
            file.toString()));
    return new Notebooks(command, file, connection);
  }

  private Process process() throws IOException {
    Path folder = Objects.requireNonNull(connectionFile.getParent());
    return new ProcessBuilder(command).directory(folder.toFile()).inheritIO().start();
  }

  private void awaitStart() {
    if (!client.awaitKernel(LIMIT)) {
      kernel.destroyForcibly();
      throw new IllegalStateException("the kernel did not start");
    }
  }

  /** Starts a kernel with the connection file of one that has ended, as Jupyter does. */
  void startAgain() throws IOException {
    kernel = process();
    awaitStart();
  }

  /** The folder of the connection file, in which the kernel runs. */
  Path folder() {
    return Objects.requireNonNull(connectionFile.getParent());
  }

  private static KernelConnectionProperties connection() throws IOException {
    var ports = new ArrayList<Integer>();
    var held = new ArrayList<ServerSocket>();
    for (int i = 0; i < 5; i++) {
      var socket = new ServerSocket(0);
      held.add(socket);
      ports.add(socket.getLocalPort());
    }
    for (ServerSocket socket : held) {
      socket.close();
    }
    return new KernelConnectionProperties(
        "127.0.0.1",
        ports.get(0),
        ports.get(1),
        ports.get(2),
        ports.get(3),
        ports.get(4),
        "tcp",
        "hmac-sha256",
        UUID.randomUUID().toString());
  }

  /** Runs a cell and waits for its end. */
  Outcome run(String code) {
    return finish(client.execute(code));
  }

  /** Waits for the end of a cell that was sent before. */
  Outcome finish(String request) {
    Received reply = client.reply(request, LIMIT);
    if (reply == null) {
      throw new IllegalStateException("no reply within " + LIMIT);
    }
    return new Outcome(reply.content(), client.outputs(request, LIMIT));
  }

  /** Presses Interrupt. */
  void interrupt() {
    String request = client.command("interrupt_request", new JsonObject());
    if (client.commandReply(request, LIMIT) == null) {
      throw new IllegalStateException("Interrupt was not answered within " + LIMIT);
    }
  }

  /** Asks something other than to run a cell. */
  JsonObject ask(String type, JsonObject content) {
    Received reply = client.reply(client.request(type, content), LIMIT);
    if (reply == null) {
      throw new IllegalStateException(type + " was not answered within " + LIMIT);
    }
    return reply.content();
  }

  JsonObject ask(String type, String code, int cursor) {
    var content = new JsonObject();
    content.addProperty("code", code);
    content.addProperty("cursor_pos", cursor);
    content.addProperty("detail_level", 0);
    return ask(type, content);
  }

  List<String> complete(String code) {
    JsonObject reply = ask("complete_request", code, code.length());
    return KernelClient.strings(reply.getAsJsonArray("matches"));
  }

  /** Waits until the running cell has printed or shown something; null where it has not in time. */
  @Nullable Received awaitOutput(String type) {
    Received output = client.output(LIMIT);
    while (output != null && !output.type().equals(type)) {
      output = client.output(LIMIT);
    }
    return output;
  }

  Process kernel() {
    return kernel;
  }

  @Override
  public void close() throws IOException {
    client.close();
    kernel.destroyForcibly().onExit().join();
    Files.deleteIfExists(connectionFile);
    Files.deleteIfExists(connectionFile.resolveSibling("kernel.json.running"));
    Files.deleteIfExists(folder());
  }
}
