package org.maskmine.dsl.figure;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.maskmine.mining.ErrorMask;
import org.maskmine.volume.Mask;
import org.maskmine.volume.Volume;

/** Panels of one slice, all cut and enlarged alike. */
final class Panels {
  /** Image pixels per CSS pixel. */
  private static final int DENSITY = 2;

  private static final double MARGIN_MM = 12;
  private static final double WIDEST = 1.4;
  private static final Color TN_IN_LIVER = new Color(0xDADADA);
  private static final Color LIVER_AROUND = new Color(0x555555);
  private static final double OVERLAY_OPACITY = 0.8;
  private static final double TP_OPACITY = 0.55;

  private final Scan scan;
  private final Slice slice;
  private final int width;
  private final int height;
  private final List<Picture.Panel> panels = new ArrayList<>();

  private Panels(Scan scan, Slice slice, int height) {
    this.scan = scan;
    this.slice = slice;
    double aspect = slice.columns() * slice.columnMm() / (slice.rows() * slice.rowMm());
    this.width = (int) Math.round(height * Math.min(aspect, WIDEST));
    this.height = (int) Math.round(width / aspect);
  }

  /** The whole slice. */
  static Panels whole(Scan scan, int height) {
    return new Panels(scan, Slice.of(scan.image().geometry(), scan.slice()), height);
  }

  /** The liver and every error, with a margin. */
  static Panels cut(Scan scan, List<Mask> errors, int height) {
    IntPredicate shown =
        voxel ->
            scan.liver().values()[voxel] != 0
                || errors.stream().anyMatch(e -> e.values()[voxel] != ErrorMask.TN);
    Slice slice = Slice.of(scan.image().geometry(), scan.slice());
    return new Panels(scan, slice.around(shown, MARGIN_MM), height);
  }

  /** The scanned image, with the patient's right and a scale. */
  Panels image(String caption) {
    double mmPerPixel = slice.columns() * slice.columnMm() / width;
    return add(caption, grey(), new Picture.Marks(slice.axial(), mmPerPixel));
  }

  /** A map of the four error classes; true negatives are lighter inside the liver. */
  Panels errorMap(String caption, Mask errors) {
    return colors(
        caption,
        voxel -> {
          int error = errors.values()[voxel];
          boolean liver = scan.liver().values()[voxel] != 0;
          Color color = error == ErrorMask.TN && liver ? TN_IN_LIVER : ErrorColors.of(error);
          return color.getRGB();
        });
  }

  /** White where the voxel passes the test, dark grey in the liver, black elsewhere. */
  Panels mask(String caption, IntPredicate voxelPasses) {
    return colors(
        caption,
        voxel -> {
          Color other = scan.liver().values()[voxel] != 0 ? LIVER_AROUND : Color.BLACK;
          return (voxelPasses.test(voxel) ? Color.WHITE : other).getRGB();
        });
  }

  /** The image with false positives, false negatives and true positives laid over it. */
  Panels overlay(String caption, Mask errors) {
    return over(
        caption,
        voxel -> {
          int error = errors.values()[voxel];
          double opacity = error == ErrorMask.TP ? TP_OPACITY : OVERLAY_OPACITY;
          return error == ErrorMask.TN ? 0 : Raster.translucent(ErrorColors.of(error), opacity);
        });
  }

  /** The image with colours (ARGB) laid over it. */
  Panels over(String caption, IntUnaryOperator argb) {
    BufferedImage colors = Raster.colors(slice, argb, DENSITY * width, DENSITY * height);
    return add(caption, Raster.over(grey(), colors), Picture.Marks.NONE);
  }

  List<Picture.Panel> panels() {
    return panels;
  }

  /** Voxels of this slice in one error class. */
  static long count(Scan scan, Mask errors, int error) {
    int pixels = errors.geometry().nx() * errors.geometry().ny();
    int first = scan.slice() * pixels;
    return IntStream.range(first, first + pixels).filter(i -> errors.values()[i] == error).count();
  }

  private BufferedImage grey() {
    Volume image = scan.image();
    return Raster.grey(slice, image, DENSITY * width, DENSITY * height);
  }

  private Panels colors(String caption, IntUnaryOperator argb) {
    BufferedImage image = Raster.colors(slice, argb, DENSITY * width, DENSITY * height);
    return add(caption, image, Picture.Marks.NONE);
  }

  private Panels add(String caption, BufferedImage image, Picture.Marks marks) {
    panels.add(new Picture.Panel(caption, image, width, height, marks));
    return this;
  }
}
