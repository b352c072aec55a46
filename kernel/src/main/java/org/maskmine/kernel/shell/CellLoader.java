package org.maskmine.kernel.shell;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import jdk.jshell.execution.LoaderDelegate;
import jdk.jshell.spi.ExecutionControl.ClassBytecodes;
import jdk.jshell.spi.ExecutionControl.ClassInstallException;
import jdk.jshell.spi.ExecutionControl.InternalException;

/** Defines the classes of cells as children of the kernel's own class loader. */
final class CellLoader implements LoaderDelegate {
  private final Map<String, byte[]> pending = new ConcurrentHashMap<>();
  private final Map<String, Class<?>> loaded = new ConcurrentHashMap<>();
  private final Loader loader = new Loader();

  /** The class loader that code of a cell sees as its own. */
  ClassLoader classLoader() {
    return loader;
  }

  @Override
  public void load(ClassBytecodes[] classes) throws ClassInstallException {
    for (var each : classes) {
      pending.put(each.name(), each.bytecodes());
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

  @Override
  public void classesRedefined(ClassBytecodes[] classes) {
    throw new UnsupportedOperationException("classes of cells are replaced, never redefined");
  }

  @Override
  public void addToClasspath(String path) throws InternalException {
    for (String entry : path.split(File.pathSeparator)) {
      try {
        loader.addURL(Path.of(entry).toUri().toURL());
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

  private final class Loader extends URLClassLoader {
    Loader() {
      super("cells", new URL[0], CellLoader.class.getClassLoader());
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
