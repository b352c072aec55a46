package org.maskmine.engine;

import java.util.Map;

/** Images with the targets of each trained head. */
public record Batch(Images images, Map<String, Target> targets) {
  /** Copies the map. */
  public Batch {
    targets = Map.copyOf(targets);
  }
}
