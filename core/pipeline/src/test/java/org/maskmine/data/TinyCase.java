package org.maskmine.data;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maskmine.volume.Geometry;
import org.maskmine.volume.Mask;
import org.maskmine.volume.Volume;

/** A case in memory, with or without labels. */
public record TinyCase(String id, Volume image, @Nullable Mask mask) implements Case {
  @Override
  public Geometry geometry() {
    return image.geometry();
  }

  @Override
  public Optional<Mask> labels() {
    return Optional.ofNullable(mask);
  }
}
