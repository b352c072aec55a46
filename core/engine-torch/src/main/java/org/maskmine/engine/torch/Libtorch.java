package org.maskmine.engine.torch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Context;
import org.bytedeco.pytorch.global.torch;
import org.maskmine.UserError;

/** The native library: whether it is there, and loading it once. */
final class Libtorch {
  private static final String ROOT = "/org/bytedeco/pytorch/";
  private static final ReentrantReadWriteLock COMPUTING = new ReentrantReadWriteLock();
  private static boolean loaded;

  private Libtorch() {}

  /** Why it cannot be loaded; looks for the binaries of this platform, loads nothing. */
  static Optional<String> missing() {
    String platform = Processor.platform();
    if (isOnClassPath(platform) || isOnClassPath(platform + "-gpu")) {
      return Optional.empty();
    }
    return Optional.of(
        "libtorch for "
            + platform
            + " is not on the class path: the torch engine has binaries for linux-x86_64,"
            + " windows-x86_64 and macosx-arm64; add pytorch and openblas "
            + platform
            + ", or take engine(DL4J)");
  }

  /** Whether the binaries of a platform travel with the program. */
  static boolean isOnClassPath(String platform) {
    String library = "/" + System.mapLibraryName("jnitorch");
    return Libtorch.class.getResource(ROOT + platform + library) != null;
  }

  /** The version of libtorch, such as {@code 2.10.0}, without loading it. */
  static String version() {
    try (InputStream in =
        Libtorch.class.getResourceAsStream("/META-INF/maven/org.bytedeco/pytorch/pom.properties")) {
      if (in == null) {
        return "of unknown version";
      }
      var properties = new Properties();
      properties.load(in);
      return properties.getProperty("version", "").replaceFirst("-.*", "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Loads the library and sets its threads, the first time. */
  static synchronized void load() {
    if (loaded) {
      return;
    }
    missing()
        .ifPresent(
            reason -> {
              throw new UserError(reason);
            });
    // JavaCPP refuses allocations when the process grows beyond a multiple of the Java heap's
    // limit; feature maps live outside that heap and may well be larger.
    if (System.getProperty("org.bytedeco.javacpp.maxPhysicalBytes") == null) {
      System.setProperty("org.bytedeco.javacpp.maxPhysicalBytes", "0");
    }
    try {
      torch.set_num_threads(Processor.threads());
      // The same numbers each time; and float32 means float32, not the cards' 19-bit format.
      Context context = torch.globalContext();
      context.setDeterministicCuDNN(true);
      context.setBenchmarkCuDNN(true);
      context.setAllowTF32CuDNN(false);
      context.setAllowTF32CuBLAS(false);
    } catch (LinkageError e) {
      throw new UserError(
          "libtorch does not load on this machine: "
              + e.getMessage()
              + "; take engine(DL4J), or a system with a newer C library",
          e);
    }
    Runtime.getRuntime().addShutdownHook(new Thread(COMPUTING.writeLock()::lock));
    loaded = true;
  }

  /**
   * Does native work, but not while the program ends: libtorch frees its compiled kernels then, and
   * a thread that still runs one would crash. The end waits for the work that has begun.
   */
  static <T> T compute(Supplier<T> work) {
    COMPUTING.readLock().lock();
    try {
      return work.get();
    } finally {
      COMPUTING.readLock().unlock();
    }
  }
}
