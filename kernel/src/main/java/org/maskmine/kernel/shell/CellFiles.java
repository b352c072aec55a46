package org.maskmine.kernel.shell;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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

  private final Set<Path> classPath = new LinkedHashSet<>();

  /**
   * Wraps the compiler's own files.
   *
   * @param classPath what cells can compile against
   */
  CellFiles(StandardJavaFileManager files, String classPath) {
    super(files);
    add(classPath);
  }

  private void add(String entries) {
    Stream.of(entries.split(File.pathSeparator)).map(Path::of).forEach(classPath::add);
    try {
      fileManager.setLocationFromPaths(StandardLocation.CLASS_PATH, classPath);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot compile against " + entries, e);
    }
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

  /** No jar holds classes of cells. */
  @Override
  public Iterable<JavaFileObject> list(
      Location location, String packageName, Set<JavaFileObject.Kind> kinds, boolean recurse)
      throws IOException {
    return packageName.equals(CELLS)
        ? List.of()
        : super.list(location, packageName, kinds, recurse);
  }

  @Override
  public boolean isSameFile(FileObject a, FileObject b) {
    return fileManager.isSameFile(a, b);
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

  @Override
  public Iterable<? extends Path> getLocationAsPaths(Location location) {
    return fileManager.getLocationAsPaths(location);
  }
}
