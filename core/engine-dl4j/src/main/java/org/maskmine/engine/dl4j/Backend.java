package org.maskmine.engine.dl4j;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.nd4j.common.config.ND4JClassLoading;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/** Starts ND4J once: quietly, and from the class loader that holds it. */
final class Backend {
  /** Held here because java.util.logging forgets levels of loggers that nobody holds. */
  private static final List<Logger> QUIET =
      List.of(Logger.getLogger("org.nd4j"), Logger.getLogger("org.deeplearning4j"));

  private Backend() {}

  /** Loads the native library at the first call; later calls do nothing. */
  static synchronized void start() {
    QUIET.forEach(l -> l.setLevel(Level.WARNING));
    lift("org.bytedeco.javacpp.maxbytes");
    lift("org.bytedeco.javacpp.maxphysicalbytes");
    ClassLoader own = Backend.class.getClassLoader();
    ND4JClassLoading.setNd4jClassloader(own);
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(own);
    try {
      Nd4j.getBackend();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** Threads of ND4J's loops. */
  static int threads() {
    start();
    return NativeOpsHolder.getInstance().getDeviceNativeOps().ompGetMaxThreads();
  }

  /** JavaCPP would otherwise refuse native memory beyond twice the Java heap. */
  private static void lift(String limit) {
    if (System.getProperty(limit) == null) {
      System.setProperty(limit, "0");
    }
  }
}
