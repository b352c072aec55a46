package org.maskmine.dsl;

import org.maskmine.UserError;
import org.maskmine.data.Phantom;

/**
 * How large the embedded example is: the environment variable {@code MASKMINE_SIZE} is {@code
 * full}, or {@code tiny} for the same cells on a few volumes and epochs.
 */
enum Size {
  FULL,
  TINY;

  private static final int TINY_EPOCHS = 2;

  static Size current() {
    String size = System.getenv().getOrDefault("MASKMINE_SIZE", "full");
    return switch (size) {
      case "full", "" -> FULL;
      case "tiny" -> TINY;
      default ->
          throw new UserError(
              "MASKMINE_SIZE " + size + ": must be full or tiny; unset it for full");
    };
  }

  Phantom.Options phantom(long seed) {
    return this == TINY ? new Phantom.Options(seed, 4, 2, 2) : Phantom.Options.ofSeed(seed);
  }

  /** The phantom with at most as many cases as this size has. */
  Phantom.Options limited(Phantom.Options wanted) {
    return this == TINY
        ? wanted.cases(
            Math.min(wanted.training(), 4),
            Math.min(wanted.validation(), 2),
            Math.min(wanted.test(), 2))
        : wanted;
  }

  int epochs(int wanted) {
    return this == TINY ? Math.min(wanted, TINY_EPOCHS) : wanted;
  }
}
