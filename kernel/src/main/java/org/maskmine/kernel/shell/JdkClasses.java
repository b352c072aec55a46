package org.maskmine.kernel.shell;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import org.jspecify.annotations.Nullable;

/**
 * The classes in the packages of {@code java.base} that begin with {@code java}. To list the JDK's
 * packages through its file system takes a start some hundredths of a second, so they can be kept
 * in a file.
 */
public final class JdkClasses {
  /** The file's name, beside the program. */
  public static final String FILE = "jdk.tsv";

  private static final String MODULE = "java.base";
  private static final URI ADDRESS = URI.create("jrt:/" + MODULE);

  private final Map<String, String> lines = new HashMap<>();
  private final Module module = Object.class.getModule();

  /**
   * Knows what a file says that this very JDK has written; nothing where it is missing or damaged.
   */
  public JdkClasses(Path file) {
    List<String> all = SealedLines.read(file);
    if (!all.isEmpty() && all.get(0).equals(thisJdk())) {
      all.subList(1, all.size())
          .forEach(line -> lines.put(line.substring(0, line.indexOf('\t')), line));
    }
  }

  /**
   * Writes what the running JDK holds: a line of its own, then a line each with package and
   * classes.
   */
  public static void write(Path file) throws IOException {
    Path root = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("modules", MODULE);
    var lines = new ArrayList<>(List.of(thisJdk()));
    try (Stream<Path> folders = Files.walk(root.resolve("java"))) {
      for (Path folder : folders.filter(Files::isDirectory).sorted().toList()) {
        List<String> classes = classes(folder);
        if (!classes.isEmpty()) {
          String name = root.relativize(folder).toString().replace('/', '.');
          lines.add(name + "\t" + String.join("\t", classes));
        }
      }
    }
    SealedLines.write(file, lines);
  }

  private static List<String> classes(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(JarClasses::canBeNamed)
          .map(JarClasses::withoutEnding)
          .sorted()
          .toList();
    }
  }

  private static String thisJdk() {
    Path image = Path.of(System.getProperty("java.home"), "lib", "modules");
    return Runtime.version() + "\t" + image.toFile().lastModified();
  }

  /** The classes of a module's package; null where they are not known. */
  @Nullable List<JavaFileObject> of(@Nullable String moduleName, String packageName) {
    String line = MODULE.equals(moduleName) ? lines.get(packageName) : null;
    if (line == null) {
      return null;
    }
    var classes = new ArrayList<JavaFileObject>();
    for (int from = line.indexOf('\t'); from >= 0; ) {
      int to = line.indexOf('\t', from + 1);
      String name = line.substring(from + 1, to < 0 ? line.length() : to);
      classes.add(new ClassFile(packageName + "." + name));
      from = to;
    }
    return classes;
  }

  /** One class of the JDK. */
  private final class ClassFile extends SimpleJavaFileObject implements CellFiles.Named {
    private final String binaryName;

    ClassFile(String binaryName) {
      super(ADDRESS, Kind.CLASS);
      this.binaryName = binaryName;
    }

    @Override
    public String binaryName() {
      return binaryName;
    }

    @Override
    public String getName() {
      return binaryName.replace('.', '/') + JarClasses.CLASS;
    }

    @Override
    public InputStream openInputStream() throws IOException {
      InputStream stream = module.getResourceAsStream(getName());
      if (stream == null) {
        throw new FileNotFoundException(getName());
      }
      return stream;
    }
  }
}
