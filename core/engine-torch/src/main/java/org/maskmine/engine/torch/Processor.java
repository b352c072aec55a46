package org.maskmine.engine.torch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What this machine's processor is, found out without native code. */
final class Processor {
  private Processor() {}

  /** Operating system and architecture as JavaCPP names its binaries: {@code linux-x86_64}. */
  static String platform() {
    String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String system =
        os.startsWith("mac") ? "macosx" : os.startsWith("windows") ? "windows" : "linux";
    String arch = System.getProperty("os.arch", "");
    return system
        + "-"
        + switch (arch) {
          case "amd64", "x86-64" -> "x86_64";
          case "aarch64" -> "arm64";
          default -> arch;
        };
  }

  /**
   * As many threads as there are cores for this process: second threads of a core only cost. {@code
   * OMP_NUM_THREADS} overrides, as everywhere.
   */
  static int threads() {
    String wish = System.getenv("OMP_NUM_THREADS");
    if (wish != null && wish.matches("[1-9][0-9]{0,3}")) {
      return Integer.parseInt(wish);
    }
    int logical = Runtime.getRuntime().availableProcessors();
    int cores = cores(information());
    return cores == 0 ? logical : Math.min(cores, logical);
  }

  /** Whether bfloat16 products are computed by the processor itself. */
  static boolean hasBfloat16() {
    return information().stream()
        .filter(line -> line.startsWith("flags"))
        .anyMatch(line -> line.contains(" avx512_bf16") || line.contains(" amx_bf16"));
  }

  /** Counts (physical id, core id) pairs; 0 where the lines do not say. */
  private static int cores(List<String> lines) {
    Set<String> cores = new HashSet<>();
    String chip = "";
    for (String line : lines) {
      if (line.startsWith("physical id")) {
        chip = line;
      } else if (line.startsWith("core id")) {
        cores.add(chip + line);
      }
    }
    return cores.size();
  }

  /** Linux's description of the processor; empty elsewhere. */
  private static List<String> information() {
    try {
      return Files.readAllLines(Path.of("/proc/cpuinfo"));
    } catch (IOException e) {
      return List.of();
    }
  }
}
