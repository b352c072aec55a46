package org.maskmine.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A graphics card as its driver describes it. Found by asking the driver's own command, before any
 * native library is loaded: a library that does not fit the card fails only at its first kernel.
 *
 * @param index from 0, in the driver's order
 * @param name {@code NVIDIA H100 80GB HBM3}
 * @param capability compute capability times ten: 90 for 9.0
 * @param driver version, {@code 580.159.04}
 * @param memoryMiB of the card
 * @param uuid its name for life, {@code GPU-8932f937-…}
 */
public record Card(
    int index, String name, int capability, String driver, long memoryMiB, String uuid) {
  private static final List<String> QUESTION =
      List.of(
          "nvidia-smi",
          "--query-gpu=index,name,compute_cap,driver_version,memory.total,uuid",
          "--format=csv,noheader,nounits");
  private static final long PATIENCE_SECONDS = 20;

  /** How the names of slices of a card begin. */
  private static final String SLICE = "MIG-";

  /** Asked once: cards neither come nor go while a program runs. */
  private static final class Here {
    private static final List<Card> ALL = parse(ask(QUESTION));
    private static final List<Card> VISIBLE = visible(ALL, System.getenv("CUDA_VISIBLE_DEVICES"));
  }

  /**
   * The cards of this machine that {@code CUDA_VISIBLE_DEVICES} leaves; none where there is no
   * NVIDIA driver.
   */
  public static List<Card> here() {
    return Here.VISIBLE;
  }

  /** The cards of this machine as nvidia-smi counts them, whether CUDA leaves them or not. */
  public static List<Card> all() {
    return Here.ALL;
  }

  /** Whether a card is of this compute capability (times ten) or newer, but not beyond another. */
  public boolean isBetween(int lowest, int highest) {
    return capability >= lowest && capability <= highest;
  }

  /** The first number of the driver's version. */
  public int driverMajor() {
    String major = driver.replaceFirst("\\..*", "");
    return major.matches("[0-9]{1,6}") ? Integer.parseInt(major) : 0;
  }

  /** {@code NVIDIA A100 (compute capability 8.0, driver 580.65)}. */
  @Override
  public String toString() {
    return name
        + " (compute capability "
        + capability / 10
        + "."
        + capability % 10
        + ", driver "
        + driver
        + ")";
  }

  /** Reads the driver's answer, one card per line; lines that are no card are left out. */
  static List<Card> parse(List<String> lines) {
    return lines.stream()
        .map(line -> line.split(" *, *"))
        .filter(fields -> fields.length == 6)
        .filter(fields -> fields[0].matches("[0-9]{1,4}") && fields[2].matches("[0-9]+\\.[0-9]"))
        .map(Card::of)
        .toList();
  }

  /**
   * CUDA's own rule: the cards that are named, by number or by how their UUID begins, counted anew,
   * up to the first name that is none. Slices of a card ({@code MIG-…}) cannot be looked up here:
   * they leave all cards.
   */
  public static List<Card> visible(List<Card> cards, @Nullable String names) {
    if (names == null || isSlice(names)) {
      return cards;
    }
    List<Card> left = new ArrayList<>();
    for (String name : names.split(",")) {
      Optional<Card> card = cards.stream().filter(c -> c.isCalled(name.strip())).findFirst();
      if (card.isEmpty()) {
        break;
      }
      left.add(card.get().at(left.size()));
    }
    return List.copyOf(left);
  }

  /** Whether {@code CUDA_VISIBLE_DEVICES} leaves a slice of a card, the only one that is seen. */
  public static boolean isSlice(@Nullable String names) {
    return names != null && names.startsWith(SLICE);
  }

  /** Whether this is its number, or how its UUID begins. */
  public boolean isCalled(String wanted) {
    return wanted.equals(String.valueOf(index))
        || wanted.startsWith("GPU-") && uuid.startsWith(wanted);
  }

  private Card at(int place) {
    return new Card(place, name, capability, driver, memoryMiB, uuid);
  }

  private static Card of(String[] fields) {
    String memory = fields[4].strip();
    return new Card(
        Integer.parseInt(fields[0]),
        fields[1],
        Integer.parseInt(fields[2].replace(".", "")),
        fields[3],
        memory.matches("[0-9]{1,12}") ? Long.parseLong(memory) : 0,
        fields[5].strip());
  }

  /** The lines that a command prints; none where it is missing, fails or hangs. */
  private static List<String> ask(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      process.getOutputStream().close();
      if (!endsInTime(process)) {
        process.destroyForcibly();
        return List.of();
      }
      byte[] answer = process.getInputStream().readAllBytes();
      return process.exitValue() == 0
          ? new String(answer, StandardCharsets.UTF_8).lines().toList()
          : List.of();
    } catch (IOException e) {
      return List.of();
    }
  }

  /** Waits whether or not somebody interrupts: the answer is kept for good. */
  private static boolean endsInTime(Process process) {
    return process
        .onExit()
        .thenApply(ended -> true)
        .completeOnTimeout(false, PATIENCE_SECONDS, TimeUnit.SECONDS)
        .join();
  }
}
