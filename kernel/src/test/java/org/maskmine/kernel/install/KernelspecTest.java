package org.maskmine.kernel.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maskmine.UserError;

@SuppressWarnings("NullAway.Init")
class KernelspecTest {
  @TempDir private Path folder;

  private Path program() throws IOException {
    Path build = Files.createDirectories(folder.resolve("build"));
    Files.writeString(build.resolve("maskmine.jar"), "program");
    Path libraries = Files.createDirectories(build.resolve("lib"));
    Files.writeString(libraries.resolve("small.jar"), "small");
    Files.write(libraries.resolve("large.jar"), new byte[2 << 20]);
    return build.resolve("maskmine.jar");
  }

  @Test
  void holds_all_that_a_kernel_needs_after_the_build_is_gone() throws IOException {
    Path jar = program();
    var kernelspec = new Kernelspec(folder.resolve("kernels"));
    kernelspec.fill(jar);
    kernelspec.write(List.of("/jdk/bin/java", "-jar", "x"), Map.of("A", "b"));
    for (String each : List.of("lib/small.jar", "lib/large.jar", "maskmine.jar")) {
      Files.delete(jar.resolveSibling(each));
      assertThat(kernelspec.folder().resolve(each)).isNotEmptyFile();
    }
    assertThat(Files.readString(kernelspec.folder().resolve("kernel.json")))
        .isEqualTo(
            """
            {
              "argv": [
                "/jdk/bin/java",
                "-jar",
                "x",
                "{connection_file}"
              ],
              "display_name": "Java (Maskmine)",
              "language": "java",
              "interrupt_mode": "message",
              "env": {
                "A": "b"
              }
            }
            """);
    assertThat(kernelspec.command()).containsExactly("/jdk/bin/java", "-jar", "x");
    assertThat(kernelspec.environment()).containsExactly(Map.entry("A", "b"));
    for (int size : new int[] {32, 64}) {
      Path logo = kernelspec.folder().resolve("logo-" + size + "x" + size + ".png");
      assertThat(ImageIO.read(logo.toFile()).getWidth()).isEqualTo(size);
    }
  }

  @Test
  void leaves_nothing_when_it_is_removed_and_the_build_untouched() throws IOException {
    Path jar = program();
    var kernelspec = new Kernelspec(folder.resolve("kernels"));
    kernelspec.fill(jar);
    kernelspec.remove();
    assertThat(kernelspec.folder()).doesNotExist();
    assertThat(jar.resolveSibling("lib").resolve("large.jar")).hasSize(2 << 20);
  }

  @Test
  void refuses_a_jar_without_the_jars_that_belong_beside_it() throws IOException {
    Path alone = Files.writeString(folder.resolve("maskmine.jar"), "program");
    assertThatThrownBy(() -> new Kernelspec(folder.resolve("kernels")).fill(alone))
        .isInstanceOf(UserError.class)
        .hasMessage(
            folder.resolve("lib")
                + ": the jars that belong beside maskmine.jar are missing; run mvn package again");
  }
}
