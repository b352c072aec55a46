package org.maskmine.kernel.install;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.maskmine.UserError;
import org.maskmine.training.PredictedScan;

/** The commands {@code install}, {@code uninstall} and {@code doctor}. */
public final class Installer {
  /** Cells that load, into the class archive, what most notebooks use. */
  private static final List<String> REHEARSAL =
      List.of(
          "1+1",
          "var numbers = List.of(3, 1, 2); numbers.stream().sorted().toList()",
          "record Point(int x, int y) {}\nfor (int i = 0; i < 3; i++) System.out.println(new Point(i, i));",
          "int half(int n) { return n / 2; }\nhalf(\"x\")",
          "half(1 / 0)",
          "load(\"phantom\", cases(1, 1, 0), size(32, 8))",
          """
          import org.maskmine.dsl.figure.*;
          var drawn = new Bar("", Bar.Role.INITIAL, new org.maskmine.scoring.Confusion(1, 2, 3, 4));
          Figures.errorBars("", List.of(new BarGroup("", List.of(drawn))))
          """);

  private final JupyterPaths paths;
  private final Path jar;
  private final PrintStream out;

  private Installer(JupyterPaths paths, Path jar, PrintStream out) {
    this.paths = paths;
    this.jar = jar;
    this.out = out;
  }

  /**
   * An installer for this machine and the jar it was started from.
   *
   * @param program where the running program lies
   */
  public static Installer here(Path program, PrintStream out) {
    var paths =
        new JupyterPaths(
            System.getProperty("os.name"),
            System.getProperty("user.home"),
            System.getenv(),
            FileSystems.getDefault());
    return new Installer(paths, program, out);
  }

  /**
   * Installs the kernel and tries it.
   *
   * @throws UserError where it cannot be written or does not run
   */
  public void install(List<String> arguments) throws IOException, InterruptedException {
    if (!Files.isRegularFile(jar)) {
      throw new UserError(
          jar
              + ": must be maskmine.jar; run mvn package, then java -jar kernel/target/maskmine.jar");
    }
    InstallOptions options = InstallOptions.parse(arguments, paths);
    var kernelspec = new Kernelspec(options.kernels());
    fill(kernelspec);
    Map<String, String> environment = environment(options);
    List<String> command = command(options);
    archive(kernelspec, command, environment);
    kernelspec.write(launch(kernelspec, command), environment);
    out.println("installed " + kernelspec.folder());
    out.println(tried(kernelspec));
    out.println(PredictedScan.NOTICE + ".");
  }

  /** Removes the kernel. */
  public void uninstall(List<String> arguments) throws IOException {
    var kernelspec = new Kernelspec(InstallOptions.parse(arguments, paths).kernels());
    if (!kernelspec.exists()) {
      throw new UserError(
          kernelspec.folder() + ": no Maskmine kernel there; name its place with --prefix DIR");
    }
    kernelspec.remove();
    out.println("removed " + kernelspec.folder());
  }

  /**
   * Says what is installed and whether it runs.
   *
   * @throws UserError with the cause where it does not
   */
  public void doctor(List<String> arguments) throws IOException, InterruptedException {
    var kernelspec = new Kernelspec(InstallOptions.parse(arguments, paths).kernels());
    out.println("this Java: " + Runtime.version() + " in " + System.getProperty("java.home"));
    if (!kernelspec.exists()) {
      throw new UserError(
          kernelspec.folder() + ": no Maskmine kernel there; run java -jar maskmine.jar install");
    }
    out.println("kernel: " + kernelspec.folder());
    Path java = Path.of(kernelspec.command().get(0));
    if (!Files.isExecutable(java)) {
      throw new UserError(
          java + ": the Java of the kernel is gone; run java -jar maskmine.jar install again");
    }
    out.println("its Java: " + java);
    out.println("class archive: " + (Files.exists(kernelspec.archive()) ? "present" : "absent"));
    out.println(tried(kernelspec));
  }

  private void fill(Kernelspec kernelspec) throws IOException {
    try {
      kernelspec.fill(jar.toAbsolutePath());
    } catch (AccessDeniedException e) {
      throw new UserError(
          e.getFile() + ": no permission to write there; end running kernels, or use --user", e);
    }
  }

  private static Map<String, String> environment(InstallOptions options) {
    var environment = new LinkedHashMap<String, String>();
    // Threads of the engines that wait must not keep the processor busy.
    environment.put("OMP_WAIT_POLICY", "PASSIVE");
    // gpu:0 is then the card that nvidia-smi calls 0; CUDA's own order begins with the fastest.
    environment.put("CUDA_DEVICE_ORDER", "PCI_BUS_ID");
    environment.putAll(options.environment());
    return environment;
  }

  private static List<String> command(InstallOptions options) {
    var command = new ArrayList<String>();
    String program = System.getProperty("os.name").startsWith("Windows") ? "java.exe" : "java";
    command.add(Path.of(System.getProperty("java.home"), "bin", program).toString());
    command.addAll(JavaFlags.of(Runtime.version().feature(), options.jvmArguments()));
    return command;
  }

  private void archive(Kernelspec kernelspec, List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    var recording = new ArrayList<>(command);
    recording.add(JavaFlags.writing(Runtime.version().feature(), kernelspec.archive()));
    recording.add("-jar");
    recording.add(kernelspec.jar().toString());
    new Trial(recording, environment).run(REHEARSAL);
    if (!Files.exists(kernelspec.archive())) {
      out.println("note: this Java builds no class archive; the kernel starts a second later");
    }
  }

  private static List<String> launch(Kernelspec kernelspec, List<String> command) {
    var launch = new ArrayList<>(command);
    if (Files.exists(kernelspec.archive())) {
      launch.add(JavaFlags.using(Runtime.version().feature(), kernelspec.archive()));
      // A Java that was updated ignores the archive; it need not say so in every notebook.
      launch.add("-Xlog:disable");
      launch.add("-Xlog:all=error:stderr");
    }
    launch.add("-jar");
    launch.add(kernelspec.jar().toString());
    return launch;
  }

  private static String tried(Kernelspec kernelspec) throws IOException, InterruptedException {
    var trial = new Trial(kernelspec.command(), kernelspec.environment());
    Trial.Times times = trial.run(List.of("1+1"));
    return "OK: started in " + times.startMs() + " ms, answered 1+1 in " + times.cellMs() + " ms";
  }
}
