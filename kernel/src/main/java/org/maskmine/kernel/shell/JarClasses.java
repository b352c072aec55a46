package org.maskmine.kernel.shell;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;

/**
 * The classes of one jar. The compiler's own reader mounts a jar as a file system and walks through
 * it; here its table of contents is read once, which takes a tenth of the time.
 */
final class JarClasses {
  static final String CLASS = ".class";

  private final Path path;
  private final URI address;
  private final ZipFile jar;
  private final Map<String, List<JavaFileObject>> byPackage = new HashMap<>();

  /** Opens a jar, which stays open. */
  JarClasses(Path path) throws IOException {
    this.path = path;
    address = path.toUri();
    jar = new ZipFile(path.toFile());
    for (Enumeration<? extends ZipEntry> all = jar.entries(); all.hasMoreElements(); ) {
      add(all.nextElement());
    }
  }

  private void add(ZipEntry entry) {
    String name = entry.getName();
    if (canBeNamed(name) && !name.startsWith("META-INF/")) {
      byPackage
          .computeIfAbsent(JarPackages.packageOf(name), n -> new ArrayList<>())
          .add(new ClassFile(entry));
    }
  }

  /**
   * Whether a file is a class that code of others can name: anonymous and local ones have numbers.
   */
  static boolean canBeNamed(String file) {
    if (!file.endsWith(CLASS)) {
      return false;
    }
    for (int i = file.indexOf('$'); i >= 0; i = file.indexOf('$', i + 1)) {
      if (Character.isDigit(file.charAt(i + 1))) {
        return false;
      }
    }
    return true;
  }

  static String withoutEnding(String file) {
    return file.substring(0, file.length() - CLASS.length());
  }

  /** The classes of a package; none where the jar does not hold it. */
  List<JavaFileObject> of(String packageName) {
    return byPackage.getOrDefault(packageName, List.of());
  }

  /** One class in the jar. */
  final class ClassFile extends SimpleJavaFileObject implements CellFiles.Named {
    private final ZipEntry entry;

    private ClassFile(ZipEntry entry) {
      super(address, Kind.CLASS);
      this.entry = entry;
    }

    @Override
    public String binaryName() {
      return withoutEnding(entry.getName()).replace('/', '.');
    }

    @Override
    public String getName() {
      return path + "(" + entry.getName() + ")";
    }

    @Override
    public InputStream openInputStream() throws IOException {
      return jar.getInputStream(entry);
    }
  }
}
