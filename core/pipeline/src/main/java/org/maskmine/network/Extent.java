package org.maskmine.network;

import java.util.List;

/**
 * How large a feature map is, apart from batch and patch.
 *
 * @param channels length of the channel axis
 * @param halvings how often every spatial axis of the patch was halved
 */
public record Extent(int channels, int halvings) {
  Extent withChannels(int n) {
    return new Extent(n, halvings);
  }

  Extent halved() {
    return new Extent(channels, halvings + 1);
  }

  Extent doubled() {
    return new Extent(channels, halvings - 1);
  }

  /** Spatial axes of this map for a patch of the given size. */
  public int[] size(int[] patch) {
    int[] size = patch.clone();
    for (int i = 0; i < size.length; i++) {
      size[i] >>= halvings;
    }
    return size;
  }

  /** The only input, checked to have this many channels. */
  static Extent only(String node, List<Extent> inputs, int channels) {
    Extent input = inputs.get(0);
    if (input.channels() != channels) {
      throw new IllegalArgumentException(
          node + " expects " + channels + " channels and reads " + input.channels());
    }
    return input;
  }

  /** Refuses inputs of different resolution. */
  static void sameHalvings(String node, List<Extent> inputs) {
    if (inputs.stream().mapToInt(Extent::halvings).distinct().count() != 1) {
      throw new IllegalArgumentException(node + " joins feature maps of different sizes");
    }
  }
}
