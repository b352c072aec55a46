package org.maskmine.network;

/** How the encoder halves its feature maps. */
public enum Downsampling {
  /** A convolution of kernel 3 and stride 2. */
  STRIDED,
  /** The maximum over 2 voxels along every axis. */
  MAX_POOLING
}
