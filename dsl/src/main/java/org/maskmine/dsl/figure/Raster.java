package org.maskmine.dsl.figure;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.function.IntUnaryOperator;
import org.maskmine.volume.Volume;

/** Slices as pixels. */
final class Raster {
  /** Abdominal soft tissue: width 350 HU around 50 HU. */
  private static final double LOW_HU = -125;

  private static final double HIGH_HU = 225;

  private Raster() {}

  /** The scanned image, smoothly enlarged. */
  static BufferedImage grey(Slice slice, Volume image, int width, int height) {
    // not a grey image: Java takes its values for linear light, and PDF and SVG would be brighter
    var small = new BufferedImage(slice.columns(), slice.rows(), BufferedImage.TYPE_INT_RGB);
    for (int r = 0; r < slice.rows(); r++) {
      for (int c = 0; c < slice.columns(); c++) {
        double hu = image.values()[slice.voxel(c, r)];
        double shade = (hu - LOW_HU) / (HIGH_HU - LOW_HU);
        small.setRGB(c, r, 0x010101 * (int) (255 * Math.min(1, Math.max(0, shade))));
      }
    }
    return scaled(
        small, width, height, small.getType(), RenderingHints.VALUE_INTERPOLATION_BICUBIC);
  }

  /** A colour per voxel (ARGB), every voxel with its own sharp edge. */
  static BufferedImage colors(Slice slice, IntUnaryOperator argb, int width, int height) {
    var small = new BufferedImage(slice.columns(), slice.rows(), BufferedImage.TYPE_INT_ARGB);
    for (int r = 0; r < slice.rows(); r++) {
      for (int c = 0; c < slice.columns(); c++) {
        small.setRGB(c, r, argb.applyAsInt(slice.voxel(c, r)));
      }
    }
    return scaled(
        small, width, height, small.getType(), RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
  }

  /** One image over another of the same size. */
  static BufferedImage over(BufferedImage below, BufferedImage above) {
    var both = new BufferedImage(below.getWidth(), below.getHeight(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = both.createGraphics();
    graphics.drawImage(below, 0, 0, null);
    graphics.drawImage(above, 0, 0, null);
    graphics.dispose();
    return both;
  }

  /** A colour that lets through what lies below. */
  static int translucent(Color color, double opacity) {
    return (int) Math.round(255 * opacity) << 24 | color.getRGB() & 0xFFFFFF;
  }

  private static BufferedImage scaled(
      BufferedImage small, int width, int height, int type, Object interpolation) {
    var large = new BufferedImage(width, height, type);
    Graphics2D graphics = large.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, interpolation);
    graphics.drawImage(small, 0, 0, width, height, null);
    graphics.dispose();
    return large;
  }
}
