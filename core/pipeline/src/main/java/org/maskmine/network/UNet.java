package org.maskmine.network;

import org.maskmine.UserError;

/**
 * The paper's U-Net (section 3.1, Fig. 3C–E), as a value: variants by copy, {@link #graph} draws
 * it.
 *
 * <p>A stem (convolution, norm, leaky rectifier) of {@code base} channels, then {@code levels}
 * blocks down with base·2, base·4, … channels and levels − 1 blocks up, joined by concatenation. A
 * block has two layers, each norm → convolution → leaky rectifier 0.05.
 *
 * @param dimensions 2 or 3 spatial axes
 * @param slices neighbouring slices that a 2D network sees as channels, odd; 1 in 3D
 * @param base channels of the stem
 * @param levels resolutions; a patch is halved levels − 1 times
 * @param blocks how the layers of a block are joined
 * @param squeezeExcitation whether every block ends by weighing its channels, reduction 0.5
 * @param norm what is normalised over
 * @param down how the encoder halves its feature maps
 */
public record UNet(
    int dimensions,
    int slices,
    int base,
    int levels,
    Connectivity blocks,
    boolean squeezeExcitation,
    Norm norm,
    Downsampling down)
    implements Architecture {

  /** Checks every setting. */
  public UNet {
    if (dimensions != 2 && dimensions != 3) {
      throw new IllegalArgumentException(dimensions + " dimensions");
    }
    if (dimensions == 3 && slices != 1) {
      throw new UserError(
          "slices(" + slices + "): a 3D network reads its neighbours itself; leave slices out");
    }
    if (slices < 1 || slices % 2 == 0) {
      throw new UserError(
          "slices("
              + slices
              + "): must be odd, as many neighbours above as below; take slices("
              + (Math.max(slices, 0) + 1)
              + ")");
    }
    if (base < 2) {
      throw new UserError("base(" + base + "): a network needs at least 2 channels; take base(8)");
    }
    if (levels < 1 || levels > 8) {
      throw new UserError("depth(" + levels + "): must be 1 to 8 levels; take depth(4)");
    }
  }

  /** The paper's 2D network: 3 slices, 32 channels, 5 levels, residual, SE, batch norm. */
  public static UNet twoD() {
    return new UNet(2, 3, 32, 5, Connectivity.RESIDUAL, true, Norm.BATCH, Downsampling.STRIDED);
  }

  /** The paper's 3D network: 16 channels, 4 levels, residual, SE, group norm. */
  public static UNet threeD() {
    return new UNet(3, 1, 16, 4, Connectivity.RESIDUAL, true, Norm.GROUP, Downsampling.STRIDED);
  }

  /** As many neighbouring slices as channels; odd. */
  public UNet slices(int n) {
    return new UNet(dimensions, n, base, levels, blocks, squeezeExcitation, norm, down);
  }

  /** As many channels in the stem. */
  public UNet base(int n) {
    return new UNet(dimensions, slices, n, levels, blocks, squeezeExcitation, norm, down);
  }

  /** As many resolutions. */
  public UNet levels(int n) {
    return new UNet(dimensions, slices, base, n, blocks, squeezeExcitation, norm, down);
  }

  /** Blocks joined so. */
  public UNet blocks(Connectivity connectivity) {
    return new UNet(dimensions, slices, base, levels, connectivity, squeezeExcitation, norm, down);
  }

  /** With or without squeeze-and-excitation. */
  public UNet squeezeExcitation(boolean on) {
    return new UNet(dimensions, slices, base, levels, blocks, on, norm, down);
  }

  /** Normalised so. */
  public UNet norm(Norm kind) {
    return new UNet(dimensions, slices, base, levels, blocks, squeezeExcitation, kind, down);
  }

  /** Halved so. */
  public UNet down(Downsampling kind) {
    return new UNet(dimensions, slices, base, levels, blocks, squeezeExcitation, norm, kind);
  }

  @Override
  public String kind() {
    return dimensions + "D U-Net";
  }

  @Override
  public String settings() {
    return "base(" + base + "), depth(" + levels + ")";
  }

  @Override
  public String smaller() {
    return "base(" + Math.max(2, base / 2) + ")";
  }

  /**
   * The network as data, with one head of two classes (background, foreground) at the node {@code
   * head.<name>}.
   *
   * @param head name of the output, such as {@code lesion}
   */
  @Override
  public Graph graph(String head) {
    return UNetDrawing.draw(this, head);
  }

  /**
   * The combined network (PAPER section 3.1): this U-Net, and a second one that sees the image and
   * this one's foreground probability, with a head each. Trained together, the second's loss also
   * reaches this one.
   *
   * @param head name of this U-Net's output, such as {@code liver}
   * @param second for images of as many dimensions and slices
   * @param secondHead name of the second's output, such as {@code lesion}
   * @throws UserError where the two see different images
   */
  public Graph combined(String head, UNet second, String secondHead) {
    if (second.dimensions != dimensions || second.slices != slices) {
      throw new UserError(
          "a combined network of "
              + describe()
              + " and "
              + second.describe()
              + ": both parts see the same image; give both the same dimensions and slices");
    }
    return UNetDrawing.combined(this, head, second, secondHead);
  }

  private String describe() {
    return dimensions + "D with slices(" + slices + ")";
  }
}
