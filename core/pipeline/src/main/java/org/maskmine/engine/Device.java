package org.maskmine.engine;

import org.maskmine.UserError;

/**
 * Where a network is computed.
 *
 * @param gpu whether it is a graphics card
 * @param index which card, from 0 in the driver's order; 0 for the processor
 */
public record Device(boolean gpu, int index) {
  /** Checks that there is one processor, and that a card has a number. */
  public Device {
    if (index < 0 || !gpu && index > 0) {
      throw new IllegalArgumentException((gpu ? "card " : "processor ") + index);
    }
  }

  /** The processor. */
  public static final Device CPU = new Device(false, 0);

  /** The name that takes a usable card, or the processor where there is none. */
  public static final String AUTO = "auto";

  /** The name that takes the first usable card. */
  public static final String GPU = "gpu";

  /** A card. */
  public static Device gpu(int index) {
    return new Device(true, index);
  }

  /**
   * Refuses what is no device's name.
   *
   * @throws UserError with the value, the rule and the remedy
   */
  public static void check(String name) {
    if (!name.matches("auto|cpu|gpu(:[0-9]{1,2})?")) {
      throw new UserError(
          "device(\""
              + name
              + "\"): a device is \"auto\", \"cpu\", \"gpu\" or \"gpu:1\"; devices() lists them");
    }
  }

  /** Whether a name, if not {@link #AUTO}, means this device. */
  boolean isMeant(String name) {
    return name.equals(toString()) || gpu && name.equals(GPU);
  }

  /** {@code cpu}, {@code gpu:0}. */
  @Override
  public String toString() {
    return gpu ? "gpu:" + index : "cpu";
  }
}
