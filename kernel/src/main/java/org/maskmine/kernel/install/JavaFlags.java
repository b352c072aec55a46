package org.maskmine.kernel.install;

import java.util.ArrayList;
import java.util.List;

/** The flags that the kernel's Java is started with. */
final class JavaFlags {
  private JavaFlags() {}

  /**
   * Flags for a Java.
   *
   * @param version its feature release, such as 17
   */
  static List<String> of(int version) {
    var flags = new ArrayList<String>();
    // Native memory of the engines is accounted against the heap's limit.
    flags.add("-XX:MaxRAMPercentage=50");
    flags.add("-Xms64m");
    flags.add("-Djava.awt.headless=true");
    flags.add("-Dfile.encoding=UTF-8");
    if (version >= 22) {
      flags.add("--enable-native-access=ALL-UNNAMED");
    }
    if (version >= 23) {
      flags.add("--sun-misc-unsafe-memory-access=allow");
    }
    return flags;
  }
}
