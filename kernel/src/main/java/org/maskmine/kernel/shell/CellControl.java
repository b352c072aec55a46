package org.maskmine.kernel.shell;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import jdk.jshell.execution.DirectExecutionControl;
import jdk.jshell.spi.SPIResolutionException;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;

/**
 * Runs what JShell compiled, in this JVM, and keeps results as the objects they are.
 *
 * <p>JShell passes results as text. The text handed to it here is a key under which {@link #take}
 * finds the object.
 */
final class CellControl extends DirectExecutionControl {
  private final CellLoader loader;
  private final CellWorker worker;
  private final Variables variables;
  private final ReentrantLock compiler;
  private final Map<String, Object> results = new HashMap<>();
  private Runnable beforeCode = () -> {};
  private Runnable beforeInvoke = () -> {};
  private long count;
  private @Nullable Throwable thrown;

  /**
   * @param compiler held by whoever asks JShell to compile; given back while code of a cell runs,
   *     so that completion and help work meanwhile
   */
  CellControl(CellLoader loader, CellWorker worker, Variables variables, ReentrantLock compiler) {
    super(loader);
    this.loader = loader;
    this.worker = worker;
    this.variables = variables;
    this.compiler = compiler;
  }

  /** Loads the classes that are needed for the first cell, by way of an example. */
  static void prepare() {
    try (var own = CellControl.class.getResourceAsStream("Checkpoint.class")) {
      if (own != null) {
        adapt(own.readAllBytes());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read a class of the program", e);
    }
  }

  private static byte[] adapt(byte[] classFile) {
    var reader = new ClassReader(classFile);
    var writer = new ClassWriter(reader, 0);
    reader.accept(new CheckpointInjector(new PackageOpener(writer)), 0);
    return writer.toByteArray();
  }

  /** What the cell's thread does before code of the cell runs on it. */
  void beforeCode(Runnable action) {
    beforeCode = action;
  }

  /**
   * What is done, with the compiler held, when classes are loaded and before each snippet's code
   * runs.
   */
  void beforeInvoke(Runnable action) {
    beforeInvoke = action;
  }

  /** The object behind a result's text, once. */
  @Nullable Object take(String key) {
    return results.remove(key);
  }

  /** The object behind a result's text. */
  @Nullable Object result(String key) {
    return results.get(key);
  }

  /** What the first code that threw since {@link #clear} threw, as it was thrown. */
  @Nullable Throwable thrown() {
    return thrown;
  }

  void clear() {
    results.clear();
    thrown = null;
  }

  @Override
  public void load(ClassBytecodes[] classes)
      throws ClassInstallException, NotImplementedException, EngineTerminationException {
    var adapted = new ClassBytecodes[classes.length];
    for (int i = 0; i < classes.length; i++) {
      adapted[i] = new ClassBytecodes(classes[i].name(), adapt(classes[i].bytecodes()));
    }
    super.load(adapted);
    for (var each : classes) {
      try {
        variables.found(loader.findClass(each.name()));
      } catch (ClassNotFoundException e) {
        throw new EngineTerminationException("a class vanished after loading: " + each.name());
      }
    }
  }

  /** Tells the variables where this one lives now. */
  @Override
  public String varValue(String className, String name) throws InternalException {
    try {
      variables.found(loader.findClass(className));
      return "";
    } catch (ClassNotFoundException e) {
      throw new InternalException("the class of a variable vanished: " + className);
    }
  }

  /**
   * Refused, so that JShell replaces the class instead; only then can values be carried over.
   *
   * @throws NotImplementedException always
   */
  @Override
  public void redefine(ClassBytecodes[] classes) throws NotImplementedException {
    throw new NotImplementedException("redefine");
  }

  @Override
  protected String invoke(Method method) throws Exception {
    beforeInvoke.run();
    compiler.unlock();
    try {
      Object result = worker.run(() -> call(method));
      var key = "r" + count++;
      if (result != null) {
        results.put(key, result);
      }
      return key;
    } catch (Throwable e) {
      thrown = thrown == null ? e : thrown;
      if (e instanceof SPIResolutionException unresolved) {
        throw new ResolutionException(unresolved.id(), unresolved.getStackTrace());
      }
      return throwConvertedInvocationException(e);
    } finally {
      compiler.lock();
    }
  }

  private @Nullable Object call(Method method) throws Exception {
    beforeCode.run();
    try {
      return method.invoke(null);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }
}
