package org.maskmine.network;

/** What gives a head its logits: the paper's U-Net by its settings, or a graph of one's own. */
public sealed interface Architecture permits UNet, OwnNetwork {
  /** 2 or 3 spatial axes. */
  int dimensions();

  /** Neighbouring slices that a 2D network sees as channels, odd; 1 in 3D. */
  int slices();

  /** Resolutions: every side of a patch must be divisible by 2^(levels − 1). */
  int levels();

  /** What it is, in a word: {@code 2D U-Net}. */
  String kind();

  /** What its size depends on, as it is written in a cell: {@code base(8), depth(3)}. */
  String settings();

  /**
   * What makes it smaller, as it is written in a cell; empty where nothing that is written there
   * does.
   */
  String smaller();

  /**
   * The network as data.
   *
   * @param head the name that its only head gets
   */
  Graph graph(String head);
}
