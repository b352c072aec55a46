package org.maskmine.dsl;

import org.maskmine.volume.Spacing;

/** Every case at one voxel spacing; see {@link Maskmine#spacing}. */
public record Resampled(Spacing spacing) implements LoadOption {
  @Override
  public String toString() {
    return "spacing(" + spacing.xMm() + ", " + spacing.yMm() + ", " + spacing.zMm() + ")";
  }
}
