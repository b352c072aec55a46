package org.maskmine.kernel.shell;

import com.sun.tools.javac.api.JavacTaskPool;
import java.lang.reflect.InaccessibleObjectException;
import jdk.jshell.JShell;
import org.slf4j.LoggerFactory;

/**
 * Where JShell takes its compilers from. It extends nothing of the compiler's own, so that Java can
 * load it where those packages are closed to the kernel or are gone; JShell then goes on with its
 * own pool.
 */
final class CompilerPool {
  /** Later ones look at methods once more in between, and then run what was there before. */
  private static final int NEWEST_THAT_COMPILES_ONCE = 17;

  private CompilerPool() {}

  /**
   * Gives JShell new compilers, which know nothing yet; on JDK 17 those that compile a snippet
   * once. To be called again whenever JShell's class path changed.
   */
  static void renew(JShell jshell) {
    renew(jshell, Runtime.version().feature());
  }

  /**
   * Gives JShell the compilers of a certain JDK.
   *
   * @param jdk 17 or later
   */
  static void renew(JShell jshell, int jdk) {
    try {
      JShellParts.replace(JShellParts.of(jshell, "taskFactory"), "javacTaskPool", pool(jdk));
    } catch (ReflectiveOperationException | InaccessibleObjectException | LinkageError e) {
      LoggerFactory.getLogger(CompilerPool.class)
          .debug("JShell keeps its own compilers: {}", e.toString());
    }
  }

  private static Object pool(int jdk) {
    if (jdk > NEWEST_THAT_COMPILES_ONCE) {
      return new JavacTaskPool(Compilers.KEPT);
    }
    return new Compilers();
  }
}
