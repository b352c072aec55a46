package org.maskmine.network;

/** How the layers of a block are joined (PAPER Fig. 3D). */
public enum Connectivity {
  /** One after the other. */
  BASIC,
  /** Each layer adds its normalised input, brought to its channels by a 1×1 convolution. */
  RESIDUAL,
  /** Each layer reads the block's input and all earlier layers' outputs, concatenated. */
  DENSE
}
