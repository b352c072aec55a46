package org.maskmine.kernel.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maskmine.UserError;

@SuppressWarnings("NullAway.Init")
class KernelspecTest {
  @TempDir private Path folder;

  private Path program() throws IOException {
    Path build = Files.createDirectories(folder.resolve("build"));
    Path libraries = Files.createDirectories(build.resolve("lib"));
    jar(libraries.resolve("small.jar"), "a/A.class", 1);
    jar(libraries.resolve("large.jar"), "b/B.class", 2 << 20);
    return jar(build.resolve("maskmine.jar"), "c/C.class", 1);
  }

  private static Path jar(Path jar, String entry, int size) throws IOException {
    try (var out = new ZipOutputStream(Files.newOutputStream(jar))) {
      out.setLevel(Deflater.NO_COMPRESSION);
      out.putNextEntry(new ZipEntry(entry));
      out.write(new byte[size]);
    }
    return jar;
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
    assertThat(kernelspec.folder().resolve("packages.tsv"))
        .content()
        .contains("\ta\n")
        .contains("\tb\n")
        .contains("\nmaskmine.jar\t")
        .contains("\tc\n");
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
    assertThat(Files.size(jar.resolveSibling("lib").resolve("large.jar"))).isGreaterThan(2 << 20);
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

  @Test
  void keeps_the_paths_of_windows_as_they_are() throws IOException {
    var kernelspec = new Kernelspec(folder.resolve("kernels"));
    Files.createDirectories(kernelspec.folder());
    String java = "C:\\Program Files\\Java\\jdk-25\\bin\\java.exe";
    kernelspec.write(List.of(java, "-jar", "D:\\ünï\\maskmine.jar"), Map.of());
    assertThat(Files.readString(kernelspec.folder().resolve("kernel.json")))
        .contains("\"C:\\\\Program Files\\\\Java\\\\jdk-25\\\\bin\\\\java.exe\"");
    assertThat(kernelspec.command()).containsExactly(java, "-jar", "D:\\ünï\\maskmine.jar");
  }
}
