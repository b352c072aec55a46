package org.maskmine.network;

/** What feature maps are normalised over. */
public enum Norm {
  /** Batch and pixels, per channel. */
  BATCH,
  /** Pixels and a group of channels, per image: for the small batches of 3D. */
  GROUP
}
