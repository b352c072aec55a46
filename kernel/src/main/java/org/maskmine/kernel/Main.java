package org.maskmine.kernel;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;
import org.maskmine.UserError;
import org.maskmine.kernel.install.Installer;

/** The program: the kernel, and its installer. */
public final class Main {
  private static final String USAGE =
      """
      java -jar maskmine.jar install [--user | --prefix DIR | --sys-prefix]
                                     [--jvm-arg FLAG]... [--env NAME=VALUE]...
          makes the kernel "Java (Maskmine)" known to Jupyter and tries it
      java -jar maskmine.jar uninstall [--user | --prefix DIR | --sys-prefix]
          removes it
      java -jar maskmine.jar doctor [--user | --prefix DIR | --sys-prefix]
          says what is installed and whether it runs
      """;

  private Main() {}

  /**
   * Runs {@code install}, {@code uninstall} or {@code doctor}, or a kernel for a connection file.
   */
  public static void main(String[] arguments) throws Exception {
    System.setProperty("java.awt.headless", "true");
    int status = 0;
    try {
      run(List.of(arguments));
    } catch (UserError e) {
      System.err.println(e.getMessage());
      status = 1;
    }
    // Threads that cells started must not keep the process alive.
    Runtime.getRuntime().exit(status);
  }

  private static void run(List<String> arguments)
      throws IOException, InterruptedException, URISyntaxException {
    if (arguments.isEmpty()) {
      throw new UserError(USAGE.stripTrailing());
    }
    List<String> rest = arguments.subList(1, arguments.size());
    switch (arguments.get(0)) {
      case "install" -> installer().install(rest);
      case "uninstall" -> installer().uninstall(rest);
      case "doctor" -> installer().doctor(rest);
      case "help", "-h", "--help" -> System.out.print(USAGE);
      default -> serve(arguments.get(0));
    }
  }

  private static Installer installer() throws URISyntaxException {
    var source = Main.class.getProtectionDomain().getCodeSource();
    return Installer.here(Path.of(source.getLocation().toURI()), System.out);
  }

  private static void serve(String argument) throws IOException, InterruptedException {
    Path file = Path.of(argument);
    if (!Files.isReadable(file)) {
      throw new UserError(argument + ": neither a command nor a connection file\n" + USAGE);
    }
    // A hundred jars are searched for a logger, and for what Java's own logging writes to, when the
    // first logger is made. Ours is named here, and made where there is something to log.
    System.setProperty("slf4j.provider", "org.slf4j.jul.JULServiceProvider");
    System.setProperty("slf4j.internal.verbosity", "WARN");
    useJavasOwnSockets();
    new NotebookKernel(connection(file), new RunningCell(file)).run();
  }

  /** The same jars would be searched for somebody else's. */
  private static void useJavasOwnSockets() {
    String os = System.getProperty("os.name");
    String kind = os.startsWith("Windows") ? "WEPoll" : os.startsWith("Mac") ? "KQueue" : "EPoll";
    String provider = "sun.nio.ch." + kind + "SelectorProvider";
    try {
      Class.forName(provider);
      System.setProperty("java.nio.channels.spi.SelectorProvider", provider);
    } catch (ClassNotFoundException e) {
      // another Java, which finds its own
    }
  }

  /** Reads what Jupyter has written, without the detour of reflection. */
  private static KernelConnectionProperties connection(Path file) throws IOException {
    try {
      JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
      return new KernelConnectionProperties(
          json.get("ip").getAsString(),
          json.get("control_port").getAsInt(),
          json.get("shell_port").getAsInt(),
          json.get("stdin_port").getAsInt(),
          json.get("hb_port").getAsInt(),
          json.get("iopub_port").getAsInt(),
          json.get("transport").getAsString(),
          json.get("signature_scheme").getAsString(),
          json.get("key").getAsString());
    } catch (RuntimeException e) {
      throw new UserError(file + ": no connection file of Jupyter\n" + USAGE, e);
    }
  }
}
