package org.maskmine.kernel.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Java that was started without the flags that open JShell and the compiler to the kernel. */
class WithoutFlagsTest {
  /** What the other Java runs. */
  static final class Program {
    private Program() {}

    public static void main(String[] arguments) throws CellFailure {
      var none = Path.of("none");
      try (var shell =
          new JavaShell(
              "", new JarPackages(none), new JdkClasses(none), List.of(), value -> null)) {
        System.out.println(shell.run(new Cell(1, "1 + 1", () -> {}, note -> {})).value());
      }
    }
  }

  @Test
  void a_shell_answers_where_neither_jshell_nor_the_compiler_is_open(@TempDir Path folder)
      throws IOException, InterruptedException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Path output = folder.resolve("output");
    var command = new ProcessBuilder(java.toString(), "-cp", classPath, Program.class.getName());
    List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS").forEach(command.environment()::remove);
    Process program = command.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    try {
      assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(output).hasContent("2");
    } finally {
      program.destroyForcibly();
    }
  }
}
