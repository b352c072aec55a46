package org.maskmine.engine;

import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.maskmine.UserError;

/** The engines found on the class path. */
public final class Engines {
  /** The name that takes the fastest usable engine. */
  public static final String AUTO = "auto";

  private Engines() {}

  /** Every engine, the fastest first. */
  public static List<Engine> all() {
    return ServiceLoader.load(Engine.class, Engines.class.getClassLoader()).stream()
        .map(ServiceLoader.Provider::get)
        .sorted(Comparator.comparingInt(Engine::preference).reversed())
        .toList();
  }

  /**
   * The engine with this name, or the fastest usable one for {@link #AUTO}.
   *
   * @throws UserError where there is none or it cannot run here, with the reason
   */
  public static Engine choose(String name) {
    List<Engine> all = all();
    if (name.equals(AUTO)) {
      return all.stream()
          .filter(e -> e.unusable().isEmpty())
          .findFirst()
          .orElseThrow(() -> new UserError("no engine runs here: " + reasons(all)));
    }
    Engine engine =
        all.stream()
            .filter(e -> e.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new UserError(
                        "engine \""
                            + name
                            + "\": not installed; use auto or one of "
                            + names(all)));
    engine
        .unusable()
        .ifPresent(
            reason -> {
              throw new UserError("engine \"" + name + "\": " + reason);
            });
    return engine;
  }

  /**
   * Which engine {@link #choose} takes, on what it computes, and for {@link #AUTO} why.
   *
   * @throws UserError where there is none or it cannot run here
   */
  public static String explain(String name) {
    Engine engine = choose(name);
    String what = engine.name() + ": " + engine.description();
    if (!name.equals(AUTO)) {
      return what;
    }
    String others =
        all().stream()
            .takeWhile(e -> !e.name().equals(engine.name()))
            .map(e -> "; " + e.name() + " cannot: " + e.unusable().orElse(""))
            .collect(Collectors.joining());
    return what + ", the fastest engine that runs here" + others;
  }

  private static String names(List<Engine> engines) {
    return engines.stream().map(Engine::name).collect(Collectors.joining(", "));
  }

  private static String reasons(List<Engine> engines) {
    return engines.isEmpty()
        ? "none is on the class path; install maskmine-engine-torch or maskmine-engine-dl4j"
        : engines.stream()
            .map(e -> e.name() + ": " + e.unusable().orElse("usable"))
            .collect(Collectors.joining("; "));
  }
}
