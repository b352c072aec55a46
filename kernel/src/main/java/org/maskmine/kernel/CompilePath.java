package org.maskmine.kernel;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.maskmine.kernel.shell.JarPackages;
import org.maskmine.kernel.shell.JdkClasses;

/** The class path that cells compile against. */
final class CompilePath {
  /** Jars that hold native libraries alone: hundreds of megabytes that no cell can name. */
  private static final Pattern NATIVE =
      Pattern.compile(".*-(linux|windows|macosx|android|ios)-[\\w-]+\\.jar");

  private CompilePath() {}

  static String ofThisJvm() {
    return entries(System.getProperty("java.class.path"))
        .filter(entry -> !NATIVE.matcher(entry.getFileName().toString()).matches())
        .filter(Files::exists)
        .map(Path::toString)
        .distinct()
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** What the jars hold, which an installation has written beside them. */
  static JarPackages packages() {
    return new JarPackages(besideTheProgram(JarPackages.FILE));
  }

  /** What the JDK holds, which an installation has written there as well. */
  static JdkClasses jdk() {
    return new JdkClasses(besideTheProgram(JdkClasses.FILE));
  }

  private static Path besideTheProgram(String file) {
    String program = System.getProperty("java.class.path").split(File.pathSeparator)[0];
    return Path.of(program).resolveSibling(file);
  }

  private static Stream<Path> entries(String classPath) {
    return List.of(classPath.split(File.pathSeparator)).stream()
        .map(Path::of)
        .flatMap(entry -> withManifest(entry).stream());
  }

  /** A jar and the jars its manifest names, which the compiler would look up by itself. */
  private static List<Path> withManifest(Path entry) {
    var all = new ArrayList<>(List.of(entry));
    if (!entry.toString().endsWith(".jar") || !Files.exists(entry)) {
      return all;
    }
    try (var jar = new JarFile(entry.toFile())) {
      Manifest manifest = jar.getManifest();
      String named =
          manifest == null
              ? null
              : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
      if (named != null) {
        Path folder = entry.toAbsolutePath().getParent();
        for (String each : named.split(" ")) {
          all.add(folder == null ? Path.of(each) : folder.resolve(each));
        }
      }
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + entry, e);
    }
  }
}
