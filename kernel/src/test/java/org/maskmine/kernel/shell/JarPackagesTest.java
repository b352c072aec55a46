package org.maskmine.kernel.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class JarPackagesTest {
  @TempDir private Path folder;

  private Path jar(String name, String... entries) throws IOException {
    Path jar = folder.resolve(name);
    try (var out = new ZipOutputStream(Files.newOutputStream(jar))) {
      for (String entry : entries) {
        out.putNextEntry(new ZipEntry(entry));
      }
    }
    return jar;
  }

  @Test
  void names_the_packages_of_classes_alone() throws IOException {
    Path jar =
        jar(
            "a.jar",
            "a/b/C.class",
            "a/b/D.class",
            "E.class",
            "a/text.txt",
            "META-INF/versions/9/f/G.class");
    var packages = new JarPackages(folder.resolve("none"));
    assertThat(packages.of(jar)).containsExactly("", "a.b");
  }

  @Test
  void knows_without_looking_what_was_written_down_and_looks_into_jars_that_changed()
      throws IOException {
    Path same = jar("same.jar", "a/A.class");
    Path other = jar("other.jar", "b/B.class");
    Path empty = jar("empty.jar");
    Path file = folder.resolve(JarPackages.FILE);
    JarPackages.write(List.of(same, other, empty), file);
    int size = (int) Files.size(same);
    Files.write(same, new byte[size]); // no jar any more: whoever looked would fail
    jar("other.jar", "b/B.class", "c/C.class");
    var packages = new JarPackages(file);
    assertThat(packages.of(same)).containsExactly("a");
    assertThat(packages.of(other)).containsExactly("b", "c");
    assertThat(packages.of(empty)).isEmpty();
  }

  @Test
  void looks_into_every_jar_where_the_file_is_empty_cut_or_garbled() throws IOException {
    Path jar = jar("a.jar", "a/A.class", "b/B.class");
    Path file = folder.resolve(JarPackages.FILE);
    JarPackages.write(List.of(jar), file);
    Damage.each(file, () -> assertThat(new JarPackages(file).of(jar)).containsExactly("a", "b"));
  }
}
