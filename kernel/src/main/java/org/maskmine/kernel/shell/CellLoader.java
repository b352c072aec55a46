package org.maskmine.kernel.shell;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import jdk.jshell.execution.LoaderDelegate;
import jdk.jshell.spi.ExecutionControl.ClassBytecodes;
import jdk.jshell.spi.ExecutionControl.ClassInstallException;
import jdk.jshell.spi.ExecutionControl.InternalException;

/**
 * Defines the classes of cells as children of the kernel's own class loader.
 *
 * <p>Classes that nothing can name after their cell, such as those of expressions, have loaders of
 * their own: Java forgets a class only together with its loader. What they name lies in another
 * loader, and so, for Java, in another package; {@link PackageOpener} opens it to them.
 */
final class CellLoader implements LoaderDelegate {
  /** So many cells share a loader, which costs more than a class. */
  private static final int TOGETHER = 100;

  private final Map<String, Class<?>> loaded = new ConcurrentHashMap<>();
  private final Loader lasting = new Loader(CellLoader.class.getClassLoader());
  private Loader passing = new Loader(lasting);
  private List<String> passed = List.of();
  private int cells;

  /** The class loader that code of a cell sees as its own. */
  ClassLoader classLoader() {
    return lasting;
  }

  @Override
  public void load(ClassBytecodes[] classes) throws ClassInstallException {
    Loader loader = OneTimeCode.is(classes) ? passingLoader(classes) : lasting;
    for (var each : classes) {
      loader.pending.put(each.name(), each.bytecodes());
    }
    var done = new boolean[classes.length];
    for (int i = 0; i < classes.length; i++) {
      try {
        Class<?> type = loader.loadClass(classes[i].name());
        // Resolves the types that its methods name, so that what is missing shows now.
        Objects.requireNonNull(type.getDeclaredMethods());
        loaded.put(classes[i].name(), type);
        done[i] = true;
      } catch (ClassNotFoundException | LinkageError e) {
        throw new ClassInstallException("load: " + e, done);
      }
    }
  }

  private Loader passingLoader(ClassBytecodes[] classes) {
    passed.forEach(loaded::remove);
    passed = Stream.of(classes).map(ClassBytecodes::name).toList();
    if (++cells % TOGETHER == 0) {
      passing = new Loader(lasting);
    }
    return passing;
  }

  @Override
  public void classesRedefined(ClassBytecodes[] classes) {
    throw new UnsupportedOperationException("classes of cells are replaced, never redefined");
  }

  @Override
  public void addToClasspath(String path) throws InternalException {
    for (String entry : path.split(File.pathSeparator)) {
      try {
        lasting.addURL(Path.of(entry).toUri().toURL());
      } catch (MalformedURLException e) {
        throw new InternalException("class path entry " + entry + ": " + e.getMessage());
      }
    }
  }

  @Override
  public Class<?> findClass(String name) throws ClassNotFoundException {
    Class<?> type = loaded.get(name);
    if (type == null) {
      throw new ClassNotFoundException(name);
    }
    return type;
  }

  private static final class Loader extends URLClassLoader {
    private final Map<String, byte[]> pending = new ConcurrentHashMap<>();

    Loader(ClassLoader parent) {
      super("cells", new URL[0], parent);
    }

    /** Classes of cells are ours alone: no other loader, with its many jars, is asked first. */
    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!pending.containsKey(name)) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> known = findLoadedClass(name);
        return known == null ? findClass(name) : known;
      }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      byte[] classFile = pending.remove(name);
      return classFile == null
          ? super.findClass(name)
          : defineClass(name, classFile, 0, classFile.length);
    }

    @Override
    public void addURL(URL url) {
      super.addURL(url);
    }
  }
}
