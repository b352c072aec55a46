package org.maskmine.engine.torch;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.maskmine.engine.Card;

/**
 * What libtorch needs for a card, looked for without loading anything.
 *
 * @param platform operating system and processor, {@code linux-x86_64}
 * @param packed whether libtorch's build for CUDA 13 is on the class path
 * @param libraries file names of the shared libraries that a program would find here
 */
record Cuda(String platform, boolean packed, Set<String> libraries) {
  private static final String HOW = "environment/lab --gpu cuda13";
  private static final int LOWEST_DRIVER = 580;

  /** What libtorch_cuda and libtorch_cpu of that build are linked to. */
  static final List<String> NEEDED =
      List.of(
          "libcudart.so.13",
          "libcupti.so.13",
          "libcublas.so.13",
          "libcublasLt.so.13",
          "libcudnn.so.9",
          "libcufft.so.12",
          "libcurand.so.10",
          "libcusparse.so.12",
          "libcufile.so.0",
          "libnccl.so.2");

  /** Asked once: loaded libraries stay. */
  private static final class Here {
    private static final Cuda CUDA = new Cuda(Processor.platform(), isPacked(), found());
  }

  static Cuda here() {
    return Here.CUDA;
  }

  /** The build holds machine code for 7.5, 8.0, 9.0, 10.0, 10.3, 12.0 and 12.1. */
  private static boolean hasCodeFor(Card card) {
    return card.isBetween(75, 79) || card.isBetween(80, 109) || card.isBetween(120, 129);
  }

  static boolean hasBfloat16(Card card) {
    return card.isBetween(80, Integer.MAX_VALUE);
  }

  /** Why libtorch cannot compute on a card, in one sentence; empty where it can. */
  Optional<String> unusable(Optional<Card> found) {
    if (found.isEmpty()) {
      return Optional.of("the driver lists no such card; devices() shows those it lists");
    }
    Card card = found.get();
    if (!hasCodeFor(card)) {
      return Optional.of(
          card
              + ": libtorch for CUDA 13 has code for compute capability 7.5 to 10.3 and 12;"
              + " take device(\"cpu\")"
              + (card.isBetween(50, 74) ? ", or environment/lab --gpu cuda11" : ""));
    }
    if (!platform.equals("linux-x86_64")) {
      return Optional.of(
          card + ": libtorch for CUDA 13 is offered on Linux on x86-64 only; take device(\"cpu\")");
    }
    if (card.driverMajor() < LOWEST_DRIVER) {
      return Optional.of(
          card + ": CUDA 13 needs driver " + LOWEST_DRIVER + " or newer; update the driver");
    }
    if (!packed) {
      return Optional.of(
          card + ": this build has no CUDA libraries of libtorch; start it with " + HOW);
    }
    List<String> missing = NEEDED.stream().filter(name -> !libraries.contains(name)).toList();
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            card
                + ": "
                + String.join(", ", missing)
                + " not found; install CUDA 13 and cuDNN 9, or start with "
                + HOW
                + ", which brings them");
  }

  private static boolean isPacked() {
    return Libtorch.isOnClassPath(Processor.platform() + "-gpu");
  }

  private static Set<String> found() {
    Set<String> names = new HashSet<>();
    folders().forEach(folder -> names.addAll(files(folder)));
    names.addAll(cached());
    return names;
  }

  /** Where the loader looks, in addition to its cache. */
  private static Stream<Path> folders() {
    String path = System.getenv().getOrDefault("LD_LIBRARY_PATH", "");
    return Stream.concat(
            Stream.of(path.split(File.pathSeparator)).filter(entry -> !entry.isEmpty()),
            Stream.of("/usr/local/cuda/lib64", "/usr/local/cuda/extras/CUPTI/lib64"))
        .map(Path::of);
  }

  private static Set<String> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
    } catch (IOException e) {
      return Set.of();
    }
  }

  /** Names in the loader's cache. */
  private static Set<String> cached() {
    try {
      Process process =
          new ProcessBuilder("/sbin/ldconfig", "-p")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      process.getOutputStream().close();
      String lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return lines
          .lines()
          .map(line -> line.strip().replaceFirst(" .*", ""))
          .collect(Collectors.toSet());
    } catch (IOException e) {
      return Set.of();
    }
  }
}
