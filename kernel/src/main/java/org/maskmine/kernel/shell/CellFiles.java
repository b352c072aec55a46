package org.maskmine.kernel.shell;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;

/**
 * The files that cells compile against. JShell makes several compilers a cell, and each asks the
 * same questions: they are answered here at once rather than by a search through a hundred jars.
 */
final class CellFiles extends ForwardingJavaFileManager<StandardJavaFileManager>
    implements StandardJavaFileManager {
  private static final String CELLS = "REPL";

  private final JarPackages packages;
  private final JdkClasses jdk;
  private final CountDownLatch indexing;
  private final Set<Path> classPath = new LinkedHashSet<>();
  private final Map<String, List<Path>> jarsOf = new HashMap<>();
  private final Map<Path, JarClasses> jars = new HashMap<>();
  // Keys are lists: to hash a record takes Java some milliseconds, the first time.
  private final Map<List<Object>, List<JavaFileObject>> listings = new HashMap<>();

  /** A class file that knows which class it holds. */
  interface Named extends JavaFileObject {
    /** The name of the class with its package. */
    String binaryName();
  }

  /**
   * Wraps the compiler's own files.
   *
   * @param classPath what cells can compile against
   * @param packages what its jars hold
   * @param jdk what the JDK holds
   * @param indexing until it is open, JShell's own index of all classes must wait
   */
  CellFiles(
      StandardJavaFileManager files,
      String classPath,
      JarPackages packages,
      JdkClasses jdk,
      CountDownLatch indexing) {
    super(files);
    this.packages = packages;
    this.jdk = jdk;
    this.indexing = indexing;
    add(classPath);
  }

  private void add(String entries) {
    listings.clear();
    Stream.of(entries.split(File.pathSeparator))
        .map(Path::of)
        .filter(classPath::add)
        .filter(Files::isRegularFile)
        .forEach(this::addJar);
    List<Path> folders = classPath.stream().filter(Files::isDirectory).toList();
    try {
      fileManager.setLocationFromPaths(StandardLocation.CLASS_PATH, folders);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot compile against " + folders, e);
    }
  }

  private void addJar(Path jar) {
    packages.of(jar).forEach(name -> jarsOf.computeIfAbsent(name, n -> new ArrayList<>()).add(jar));
  }

  /** JShell hands over the whole class path whenever a part is added. */
  @Override
  public boolean handleOption(String option, Iterator<String> values) {
    if (!option.equals("-classpath")) {
      return super.handleOption(option, values);
    }
    add(values.next());
    return true;
  }

  /** Cells are compiled without annotation processors and plugins; none is searched for. */
  @Override
  public ClassLoader getClassLoader(Location location) {
    return ClassLoader.getPlatformClassLoader();
  }

  /** No jar holds classes of cells; of the others only those are asked that hold the package. */
  @Override
  public Iterable<JavaFileObject> list(
      Location location, String packageName, Set<JavaFileObject.Kind> kinds, boolean recurse)
      throws IOException {
    if (packageName.equals(CELLS)) {
      return List.of();
    }
    List<Object> asked = List.of(location, packageName, Set.copyOf(kinds), recurse);
    List<JavaFileObject> known = listings.get(asked);
    if (known != null) {
      return known;
    }
    List<JavaFileObject> found = find(location, packageName, kinds, recurse);
    listings.put(asked, found);
    return found;
  }

  /** The compiler asks for every kind and takes classes: the JDK's few data files are left out. */
  private List<JavaFileObject> find(
      Location location, String packageName, Set<JavaFileObject.Kind> kinds, boolean recurse)
      throws IOException {
    boolean classes = kinds.contains(JavaFileObject.Kind.CLASS);
    if (classes && !recurse && !(location instanceof StandardLocation)) {
      List<JavaFileObject> known = jdk.of(super.inferModuleName(location), packageName);
      if (known != null) {
        return known;
      }
    }
    var found = new ArrayList<JavaFileObject>();
    super.list(location, packageName, kinds, recurse).forEach(found::add);
    if (classes && location == StandardLocation.CLASS_PATH) {
      addFromJars(packageName, found);
      for (String each : recurse ? jarsOf.keySet() : Set.<String>of()) {
        if (each.startsWith(packageName.isEmpty() ? "" : packageName + ".") && !each.isEmpty()) {
          addFromJars(each, found);
        }
      }
    }
    return found;
  }

  private void addFromJars(String packageName, List<JavaFileObject> found) throws IOException {
    for (Path jar : jarsOf.getOrDefault(packageName, List.of())) {
      found.addAll(classes(jar).of(packageName));
    }
  }

  private JarClasses classes(Path jar) throws IOException {
    JarClasses known = jars.get(jar);
    if (known == null) {
      known = new JarClasses(jar);
      jars.put(jar, known);
    }
    return known;
  }

  @Override
  public String inferBinaryName(Location location, JavaFileObject file) {
    return file instanceof Named named ? named.binaryName() : super.inferBinaryName(location, file);
  }

  @Override
  public boolean isSameFile(FileObject a, FileObject b) {
    return a instanceof Named || b instanceof Named ? a == b : fileManager.isSameFile(a, b);
  }

  @Override
  public Iterable<? extends JavaFileObject> getJavaFileObjectsFromFiles(
      Iterable<? extends File> files) {
    return fileManager.getJavaFileObjectsFromFiles(files);
  }

  @Override
  public Iterable<? extends JavaFileObject> getJavaFileObjects(File... files) {
    return fileManager.getJavaFileObjects(files);
  }

  @Override
  public Iterable<? extends JavaFileObject> getJavaFileObjectsFromStrings(Iterable<String> names) {
    return fileManager.getJavaFileObjectsFromStrings(names);
  }

  @Override
  public Iterable<? extends JavaFileObject> getJavaFileObjects(String... names) {
    return fileManager.getJavaFileObjects(names);
  }

  @Override
  public void setLocation(Location location, Iterable<? extends File> files) throws IOException {
    fileManager.setLocation(location, files);
  }

  @Override
  public void setLocationFromPaths(Location location, Collection<? extends Path> paths)
      throws IOException {
    fileManager.setLocationFromPaths(location, paths);
  }

  @Override
  public Iterable<? extends File> getLocation(Location location) {
    return fileManager.getLocation(location);
  }

  /** Asked by JShell's index of all classes alone, which reads every jar from end to end. */
  @Override
  public Iterable<? extends Path> getLocationAsPaths(Location location) {
    try {
      indexing.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
    return location == StandardLocation.CLASS_PATH
        ? List.copyOf(classPath)
        : fileManager.getLocationAsPaths(location);
  }
}
