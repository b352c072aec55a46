package org.maskmine.engine;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.maskmine.UserError;

/** The engines found on the class path. */
public final class Engines {
  /** The name that takes the fastest usable engine. */
  public static final String AUTO = "auto";

  private Engines() {}

  /**
   * An engine on a device.
   *
   * @param reason which was taken, on what, and where it was not asked for why: {@code torch:
   *     libtorch 2.10.0, CPU, 2 threads, the fastest engine that runs here}
   */
  public record Choice(Engine engine, Device device, String reason) {
    /** What {@link Engine.Precision#AUTO} comes to here. */
    public Engine.Precision precision(Engine.Precision wanted) {
      if (wanted != Engine.Precision.AUTO) {
        return wanted;
      }
      return engine.hasBfloat16(device) ? Engine.Precision.BF16 : Engine.Precision.FP32;
    }

    /** How to compute there. */
    public Engine.Settings settings(Engine.Precision wanted, double l2) {
      return new Engine.Settings(precision(wanted), l2, device);
    }
  }

  /**
   * Whether an engine runs on a device.
   *
   * @param unusable why not, in one sentence
   */
  public record Possible(Engine engine, Device device, Optional<String> unusable) {}

  /** Every engine, the fastest first. */
  public static List<Engine> all() {
    return ServiceLoader.load(Engine.class, Engines.class.getClassLoader()).stream()
        .map(ServiceLoader.Provider::get)
        .sorted(Comparator.comparingInt(Engine::preference).reversed())
        .toList();
  }

  /** Every engine on every device of this machine: cards first, the fastest engine first. */
  public static List<Possible> possible() {
    return asked(AUTO, Device.AUTO);
  }

  /**
   * The first that runs here, a card before the processor and a faster engine before a slower one.
   *
   * @param engine an engine's name, or {@link #AUTO}
   * @param device a device's name, {@link Device#GPU}, or {@link Device#AUTO}
   * @throws UserError where there is none or it cannot run here, with the reason
   */
  public static Choice choose(String engine, String device) {
    Device.check(device);
    if (!engine.equals(AUTO) && all().stream().noneMatch(e -> e.name().equals(engine))) {
      throw new UserError(
          "engine \"" + engine + "\": not installed; use auto or one of " + names());
    }
    List<Possible> asked = asked(engine, device);
    Possible taken =
        asked.stream()
            .filter(p -> p.unusable().isEmpty())
            .findFirst()
            .orElseThrow(() -> new UserError(refusal(engine, device, asked)));
    boolean free = engine.equals(AUTO);
    return new Choice(taken.engine(), taken.device(), reason(taken, asked, free));
  }

  /**
   * The same engine on the same device, as far as this machine has them: a run that was trained on
   * a card goes on on the processor where there is no card.
   */
  public static Choice again(String engine, String device) {
    boolean there = asked(engine, device).stream().anyMatch(p -> p.unusable().isEmpty());
    return choose(engine, there ? device : Device.AUTO);
  }

  private static List<Possible> asked(String engine, String device) {
    List<Engine> engines =
        all().stream().filter(e -> engine.equals(AUTO) || e.name().equals(engine)).toList();
    return devices()
        .filter(d -> device.equals(Device.AUTO) || d.isMeant(device))
        .flatMap(d -> engines.stream().map(e -> new Possible(e, d, e.unusable(d))))
        .toList();
  }

  private static Stream<Device> devices() {
    Stream<Device> cards = Card.here().stream().map(card -> Device.gpu(card.index()));
    return Stream.concat(cards, Stream.of(Device.CPU));
  }

  private static String reason(Possible taken, List<Possible> asked, boolean free) {
    String what = taken.engine().name() + ": " + taken.engine().description(taken.device());
    String others =
        asked.stream()
            .takeWhile(p -> p != taken)
            .map(p -> "; " + p.engine().name() + " cannot: " + p.unusable().orElse(""))
            .collect(Collectors.joining());
    return what + (free ? ", the fastest engine that runs here" : "") + others;
  }

  private static String refusal(String engine, String device, List<Possible> asked) {
    String what =
        device.equals(Device.AUTO)
            ? (engine.equals(AUTO) ? "no engine runs here" : "engine \"" + engine + "\"")
            : "device \"" + device + "\"";
    if (asked.isEmpty()) {
      return all().isEmpty()
          ? what
              + ": none is on the class path; install maskmine-engine-torch or"
              + " maskmine-engine-dl4j"
          : what + ": " + noCard() + "; take device(\"cpu\")";
    }
    return what
        + ": "
        + asked.stream()
            .map(p -> p.unusable().orElse(""))
            .distinct()
            .collect(Collectors.joining("; "));
  }

  private static String noCard() {
    List<Card> cards = Card.here();
    return cards.isEmpty()
        ? "this machine has no NVIDIA card, or no driver for it (nvidia-smi does not answer)"
        : "this machine has "
            + cards.size()
            + " card"
            + (cards.size() == 1 ? "" : "s")
            + ", gpu:0"
            + (cards.size() == 1 ? "" : " to gpu:" + (cards.size() - 1));
  }

  private static String names() {
    return all().stream().map(Engine::name).collect(Collectors.joining(", "));
  }
}
