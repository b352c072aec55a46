package org.maskmine.dsl;

import org.maskmine.engine.OwnLoss;

/** A loss written in the notebook; see {@link Maskmine#loss}. */
public record OwnLossOption(OwnLoss loss) implements TrainOption {
  @Override
  public String toString() {
    return "loss(\"" + loss.name() + "\", …)";
  }
}
