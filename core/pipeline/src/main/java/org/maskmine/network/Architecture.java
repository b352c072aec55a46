package org.maskmine.network;

/** What gives a head its logits: the paper's U-Net by its settings, or a graph of one's own. */
public sealed interface Architecture permits UNet, OwnNetwork {
  /** 2 or 3 spatial axes. */
  int dimensions();

  /** Neighbouring slices that a 2D network sees as channels, odd; 1 in 3D. */
  int slices();

  /** Resolutions: every side of a patch must be divisible by 2^(levels − 1). */
  int levels();

  /**
   * The network as data.
   *
   * @param head the name that its only head gets
   */
  Graph graph(String head);
}
