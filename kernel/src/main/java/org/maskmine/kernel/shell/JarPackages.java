package org.maskmine.kernel.shell;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.zip.ZipFile;

/**
 * Which packages each jar holds, so that a compiler opens only those it needs. Looking into a
 * hundred jars takes half a second, so the answers can be kept in a file.
 */
public final class JarPackages {
  /** The file's name, beside the program. */
  public static final String FILE = "packages.tsv";

  private final Map<String, List<String>> known = new HashMap<>();

  /**
   * Knows what a file says. Jars that it does not name, or whose size has changed, are looked into;
   * so are all where the file is missing or damaged.
   */
  public JarPackages(Path file) {
    SealedLines.read(file).forEach(this::learn);
  }

  private void learn(String line) {
    List<String> words = List.of(line.split("\t"));
    known.put(words.get(0) + "\t" + words.get(1), words.subList(2, words.size()));
  }

  /** Writes what the jars hold: a line each with name, size in bytes, and packages. */
  public static void write(Collection<Path> jars, Path file) throws IOException {
    var lines = new ArrayList<String>();
    for (Path jar : jars) {
      lines.add(String.join("\t", key(jar), String.join("\t", lookInto(jar))).stripTrailing());
    }
    SealedLines.write(file, lines);
  }

  /** The packages whose classes a jar holds. */
  Collection<String> of(Path jar) {
    try {
      List<String> packages = known.get(key(jar));
      return packages == null ? lookInto(jar) : packages;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + jar, e);
    }
  }

  private static String key(Path jar) throws IOException {
    return jar.getFileName() + "\t" + Files.size(jar);
  }

  private static Collection<String> lookInto(Path jar) throws IOException {
    var packages = new TreeSet<String>();
    try (var zip = new ZipFile(jar.toFile())) {
      zip.stream()
          .map(entry -> entry.getName())
          .filter(name -> name.endsWith(".class") && !name.startsWith("META-INF/"))
          .forEach(name -> packages.add(packageOf(name)));
    }
    return packages;
  }

  static String packageOf(String classFile) {
    return classFile.substring(0, Math.max(0, classFile.lastIndexOf('/'))).replace('/', '.');
  }
}
