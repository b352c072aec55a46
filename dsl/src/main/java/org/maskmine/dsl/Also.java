package org.maskmine.dsl;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.maskmine.data.Part;

/** Which parts are mined besides the training cases; see {@link Maskmine#also}. */
public record Also(Set<Part> parts) implements MineOption {
  /** Copies the set. */
  public Also {
    parts = Set.copyOf(parts);
  }

  @Override
  public String toString() {
    return new TreeSet<>(parts)
        .stream().map(Part::name).collect(Collectors.joining(", ", "also(", ")"));
  }
}
