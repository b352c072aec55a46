package org.maskmine.kernel.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class JdkClassesTest {
  @TempDir private Path folder;

  private Path written() throws IOException {
    Path file = folder.resolve(JdkClasses.FILE);
    JdkClasses.write(file);
    return file;
  }

  private static List<String> names(JdkClasses jdk, String packageName) {
    return Objects.requireNonNull(jdk.of("java.base", packageName)).stream()
        .map(file -> ((CellFiles.Named) file).binaryName())
        .toList();
  }

  @Test
  void knows_the_classes_of_javas_packages_that_can_be_named() throws IOException {
    var jdk = new JdkClasses(written());
    assertThat(names(jdk, "java.util"))
        .contains("java.util.List", "java.util.Map$Entry")
        .noneMatch(name -> name.matches(".*\\$\\d.*"));
    assertThat(names(jdk, "java.util.stream")).contains("java.util.stream.Stream");
    assertThat(jdk.of("java.base", "sun.nio.ch")).isNull();
    assertThat(jdk.of("java.sql", "java.sql")).isNull();
    assertThat(jdk.of(null, "java.util")).isNull();
  }

  @Test
  void reads_the_class_files_of_the_jdk() throws IOException {
    JavaFileObject list =
        Objects.requireNonNull(new JdkClasses(written()).of("java.base", "java.util")).stream()
            .filter(file -> ((CellFiles.Named) file).binaryName().equals("java.util.List"))
            .findFirst()
            .orElseThrow();
    Path original =
        FileSystems.getFileSystem(URI.create("jrt:/"))
            .getPath("modules", "java.base", "java", "util", "List.class");
    try (InputStream stream = list.openInputStream()) {
      assertThat(stream.readAllBytes()).isEqualTo(Files.readAllBytes(original));
    }
  }

  @Test
  void believes_nothing_that_another_jdk_has_written() throws IOException {
    Path file = written();
    var lines = new ArrayList<>(SealedLines.read(file));
    lines.set(0, "11.0.2+9\t0");
    SealedLines.write(file, lines);
    assertThat(new JdkClasses(file).of("java.base", "java.util")).isNull();
    assertThat(new JdkClasses(folder.resolve("none")).of("java.base", "java.util")).isNull();
  }

  @Test
  void knows_nothing_where_the_file_is_empty_cut_or_garbled() throws IOException {
    Path file = written();
    Damage.each(
        file,
        () -> {
          assertThat(new JdkClasses(file).of("java.base", "java.util")).isNull();
          assertThat(new JdkClasses(file).of("java.base", "java.io")).isNull();
        });
  }
}
