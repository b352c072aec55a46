package org.maskmine.kernel.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class JarClassesTest {
  @TempDir private Path folder;

  @Test
  void gives_the_classes_of_a_package_with_name_and_content() throws IOException {
    Path path = folder.resolve("a b.jar");
    try (var out = new ZipOutputStream(Files.newOutputStream(path))) {
      for (String entry :
          new String[] {"a/B.class", "a/B$C.class", "a/b/D.class", "a/text.txt", "E.class"}) {
        out.putNextEntry(new ZipEntry(entry));
        out.write(entry.getBytes(StandardCharsets.UTF_8));
      }
      out.putNextEntry(new ZipEntry("META-INF/versions/21/a/B.class"));
    }
    var jar = new JarClasses(path);
    assertThat(jar.of("a"))
        .extracting(each -> ((JarClasses.ClassFile) each).binaryName())
        .containsExactly("a.B", "a.B$C");
    assertThat(jar.of("")).hasSize(1);
    assertThat(jar.of("none")).isEmpty();
    JavaFileObject inner = jar.of("a").get(1);
    assertThat(inner.getName()).isEqualTo(path + "(a/B$C.class)");
    try (var content = inner.openInputStream()) {
      assertThat(content.readAllBytes()).asString().isEqualTo("a/B$C.class");
    }
  }
}
