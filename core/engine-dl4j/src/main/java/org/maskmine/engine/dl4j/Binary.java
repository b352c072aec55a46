package org.maskmine.engine.dl4j;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bytedeco.javacpp.Loader;

/**
 * The build of ND4J's native library for this machine. Looks without loading.
 *
 * @param platform operating system and processor as JavaCPP names them, {@code linux-x86_64}
 * @param onClassPath whether the build for it travels with the program
 * @param cpuinfo what Linux says about the processor; empty elsewhere
 */
record Binary(String platform, boolean onClassPath, String cpuinfo) {
  private static final String BINDINGS = "org/nd4j/linalg/cpu/nativecpu/bindings/";

  static Binary here() {
    String platform = Loader.Detector.getPlatform();
    String folder = BINDINGS + platform + extension(platform) + "/";
    ClassLoader loader = Binary.class.getClassLoader();
    boolean there = loader.getResource(folder + System.mapLibraryName("jnind4jcpu")) != null;
    return new Binary(platform, there, cpuinfoHere());
  }

  /** Why ND4J cannot run here, in one sentence; empty where it can. */
  Optional<String> unusable() {
    if (!onClassPath) {
      return Optional.of(
          "engine dl4j: no ND4J library for "
              + platform
              + " on the class path; build with nd4j-native's classifier "
              + platform
              + extension(platform)
              + " or take engine(TORCH)");
    }
    if (platform.equals("linux-x86_64") && !hasFlag("avx2")) {
      return Optional.of(
          "engine dl4j: this processor lacks AVX2, which the ND4J library needs; take engine(TORCH)");
    }
    return Optional.empty();
  }

  private boolean hasFlag(String flag) {
    return Pattern.compile("^flags\\s*:.*\\b" + flag + "\\b", Pattern.MULTILINE)
        .matcher(cpuinfo)
        .find();
  }

  private static String extension(String platform) {
    return platform.endsWith("x86_64") ? "-onednn-avx2" : "";
  }

  private static String cpuinfoHere() {
    var file = Path.of("/proc/cpuinfo");
    try {
      return Files.isReadable(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      return "";
    }
  }
}
