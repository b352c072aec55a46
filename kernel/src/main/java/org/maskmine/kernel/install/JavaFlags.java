package org.maskmine.kernel.install;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The flags that the kernel's Java is started with. */
final class JavaFlags {
  /**
   * Most methods of the Java compiler run some ten thousand times in a notebook: too seldom for the
   * optimising compiler, which would take a processor from the first cells, and for the counters
   * that it needs, which slow them down. A hot loop is optimised after some milliseconds, as ever.
   */
  private static final List<String> COMPILE_LATE =
      List.of(
          "-XX:Tier4InvocationThreshold=1000000",
          "-XX:Tier4MinInvocationThreshold=20000",
          "-XX:Tier4CompileThreshold=2000000",
          "-XX:Tier4BackEdgeThreshold=1000000",
          "-XX:Tier3DelayOn=0",
          "-XX:Tier3DelayOff=0");

  /** Since this release an archive also holds how classes are linked and what of them is hot. */
  private static final int AHEAD_OF_TIME = 25;

  private JavaFlags() {}

  /** The flag by which a Java writes an archive of its classes when it ends. */
  static String writing(int version, Path archive) {
    return (version >= AHEAD_OF_TIME ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=")
        + archive;
  }

  /** The flag by which a Java starts with an archive. */
  static String using(int version, Path archive) {
    return (version >= AHEAD_OF_TIME ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + archive;
  }

  /**
   * Our flags and the user's. Native access is allowed by the jar's manifest: a flag would cost the
   * class archive.
   *
   * @param version the Java's feature release, such as 17
   * @param own what the user asked for, which comes last and wins
   */
  static List<String> of(int version, List<String> own) {
    var flags = new ArrayList<String>();
    // Native memory of the engines is accounted against the heap's limit.
    flags.add("-XX:MaxRAMPercentage=50");
    // Room in which a start and its first cells need no collection; it is used only when touched.
    flags.add("-Xms96m");
    flags.add("-XX:NewSize=48m");
    flags.addAll(COMPILE_LATE);
    if (own.stream().noneMatch(flag -> flag.matches("-XX:\\+Use\\w+GC"))) {
      // The smallest of the collectors by 130 MB; the big arrays of a training are not on the heap.
      flags.add("-XX:+UseSerialGC");
    }
    flags.add("-Djava.awt.headless=true");
    flags.add("-Dfile.encoding=UTF-8");
    if (version >= 23) {
      flags.add("--sun-misc-unsafe-memory-access=allow");
    }
    flags.addAll(own);
    return flags;
  }
}
