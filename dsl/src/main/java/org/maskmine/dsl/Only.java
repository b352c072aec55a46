package org.maskmine.dsl;

import org.maskmine.data.Structure;

/** Which network alone is retrained; see {@link Maskmine#only}. */
public record Only(Structure structure) implements RetrainOption, StudyOption {
  @Override
  public String toString() {
    return "only(" + structure + ")";
  }
}
