package org.maskmine.kernel.magic;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.maskmine.UserError;
import org.maskmine.kernel.shell.JavaShell;

/** What cells can use beside the kernel's own libraries. */
final class ClassPath {
  private final JavaShell shell;
  private final Set<String> ownNames;
  private final Set<Path> added = new LinkedHashSet<>();

  ClassPath(JavaShell shell, String own) {
    this.shell = shell;
    ownNames =
        Stream.of(own.split(File.pathSeparator))
            .map(entry -> withoutVersion(Path.of(entry)))
            .collect(Collectors.toSet());
  }

  /** A jar's name without its version: two versions of a library cannot be used together. */
  private static String withoutVersion(Path jar) {
    return String.valueOf(jar.getFileName()).replaceFirst("-\\d.*|\\.jar$", "");
  }

  /** Adds libraries by their coordinates; says what became of them. */
  String addMaven(List<String> coordinates) {
    if (coordinates.isEmpty()) {
      throw new UserError("%maven: no library given; write %maven group:artifact:version");
    }
    return add(Maven.resolve(coordinates));
  }

  /** Adds jars by their paths; without any, says what was added so far. */
  String jars(List<String> patterns) {
    if (patterns.isEmpty()) {
      return added.isEmpty()
          ? "no jars added yet"
          : added.stream().map(Path::toString).collect(Collectors.joining("\n"));
    }
    List<Path> found = new ArrayList<>();
    for (String pattern : patterns) {
      found.addAll(files(pattern));
    }
    return add(found);
  }

  private static List<Path> files(String pattern) {
    Path path = Path.of(pattern).toAbsolutePath().normalize();
    Path folder = path.getParent();
    Path name = path.getFileName();
    var found = new ArrayList<Path>();
    if (folder != null && name != null && Files.isDirectory(folder)) {
      try (DirectoryStream<Path> matching = Files.newDirectoryStream(folder, name.toString())) {
        matching.forEach(found::add);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot list " + folder, e);
      }
    }
    if (found.isEmpty()) {
      throw new UserError(
          "%jars " + pattern + ": there is no such file; give a jar or folder/*.jar");
    }
    found.sort(null);
    return found;
  }

  private String add(Collection<Path> jars) {
    var lines = new ArrayList<String>();
    var fresh = new ArrayList<Path>();
    for (Path jar : jars) {
      if (ownNames.contains(withoutVersion(jar))) {
        lines.add(jar.getFileName() + ": left out, because the kernel brings its own");
      } else if (added.add(jar)) {
        lines.add("added " + jar.getFileName());
        fresh.add(jar);
      }
    }
    if (!fresh.isEmpty()) {
      shell.addToClassPath(
          fresh.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
    }
    return lines.isEmpty() ? "nothing new" : String.join("\n", lines);
  }
}
