package org.maskmine.kernel.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.JavaFileManager.Location;
import javax.tools.JavaFileObject.Kind;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class CellFilesTest {
  @TempDir private Path folder;

  private CellFiles files(String classPath) throws IOException {
    Path list = folder.resolve(JdkClasses.FILE);
    JdkClasses.write(list);
    var own = ToolProvider.getSystemJavaCompiler().getStandardFileManager(null, null, null);
    var none = new JarPackages(folder.resolve("none"));
    return new CellFiles(own, classPath, none, new JdkClasses(list), new CountDownLatch(0));
  }

  private List<String> inJavaBase(String packageName, Kind kind, boolean recurse)
      throws IOException {
    try (CellFiles files = files("")) {
      Location base = files.getLocationForModule(StandardLocation.SYSTEM_MODULES, "java.base");
      return names(files, base, packageName, Set.of(kind), recurse);
    }
  }

  private List<String> inJar(String packageName, Kind kind, boolean recurse) throws IOException {
    Path jar = folder.resolve("a.jar");
    try (var out = new ZipOutputStream(Files.newOutputStream(jar))) {
      for (String entry :
          List.of("Z.class", "a/A.class", "a/A.java", "a/b/B.class", "ab/C.class")) {
        out.putNextEntry(new ZipEntry(entry));
      }
    }
    try (CellFiles files = files(jar.toString())) {
      return names(files, StandardLocation.CLASS_PATH, packageName, Set.of(kind), recurse);
    }
  }

  private static List<String> names(
      CellFiles files, Location location, String packageName, Set<Kind> kinds, boolean recurse)
      throws IOException {
    var names = new ArrayList<String>();
    files
        .list(location, packageName, kinds, recurse)
        .forEach(file -> names.add(files.inferBinaryName(location, file)));
    return names;
  }

  @Test
  void lists_the_classes_of_a_package() throws IOException {
    assertThat(inJavaBase("java.util", Kind.CLASS, false))
        .contains("java.util.List")
        .doesNotContain("java.util.stream.Stream");
  }

  /** As the compiler asks; the JDK's own file system would take the first cell a lot longer. */
  @Test
  void takes_classes_from_the_list_where_files_of_every_kind_are_asked_for() throws IOException {
    try (CellFiles files = files("")) {
      Location base = files.getLocationForModule(StandardLocation.SYSTEM_MODULES, "java.base");
      assertThat(files.list(base, "java.util", EnumSet.allOf(Kind.class), false))
          .isNotEmpty()
          .allMatch(file -> file instanceof CellFiles.Named);
    }
  }

  @Test
  void lists_the_packages_inside_where_they_are_asked_for() throws IOException {
    assertThat(inJavaBase("java.util", Kind.CLASS, true))
        .contains("java.util.List", "java.util.stream.Stream");
  }

  @Test
  void lists_no_class_where_sources_are_asked_for() throws IOException {
    assertThat(inJavaBase("java.util", Kind.SOURCE, false)).isEmpty();
  }

  @Test
  void lists_the_classes_of_a_package_in_a_jar_and_those_inside_where_they_are_asked_for()
      throws IOException {
    assertThat(inJar("a", Kind.CLASS, false)).containsExactly("a.A");
    assertThat(inJar("a", Kind.CLASS, true)).containsExactlyInAnyOrder("a.A", "a.b.B");
    assertThat(inJar("", Kind.CLASS, true)).containsExactlyInAnyOrder("Z", "a.A", "a.b.B", "ab.C");
    assertThat(inJar("a", Kind.SOURCE, false)).isEmpty();
  }
}
