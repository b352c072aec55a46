package org.maskmine.engine.torch;

/** What a pass through the network is for. */
enum Mode {
  /** Evaluation: running statistics normalise; feature maps are freed as soon as they can be. */
  PREDICT,
  /** A batch's own statistics normalise and move the running ones. */
  TRAIN,
  /** A batch's own statistics normalise; nothing changes. */
  GRADIENT
}
