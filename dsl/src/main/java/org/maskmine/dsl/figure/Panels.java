package org.maskmine.dsl.figure;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.maskmine.data.Structure;
import org.maskmine.mining.ErrorMask;
import org.maskmine.volume.Mask;

/**
 * Panels of a scan's slices, all cut and enlarged alike. Of one slice they stand in a row; of
 * several each is a row with a panel per slice.
 */
final class Panels {
  /** Image pixels per CSS pixel. */
  private static final int DENSITY = 2;

  private static final double LIVER_MARGIN_MM = 12;
  private static final double LESION_MARGIN_MM = 8;
  private static final double WIDEST = 1.4;
  private static final Color LIVER_AROUND = new Color(0x555555);
  private static final double OVERLAY_OPACITY = 0.8;
  private static final double TP_OPACITY = 0.55;

  private final Scan scan;
  private final List<Slice> slices;
  private final int width;
  private final int height;
  private final List<List<Picture.Panel>> looks = new ArrayList<>();

  private Panels(Scan scan, List<Slice> slices, int height) {
    this.scan = scan;
    this.slices = slices;
    Slice slice = slices.get(0);
    double aspect = slice.columns() * slice.columnMm() / (slice.rows() * slice.rowMm());
    this.width = (int) Math.round(height * Math.min(aspect, WIDEST));
    this.height = (int) Math.round(width / aspect);
  }

  /** Whole slices. */
  static Panels whole(Scan scan, int height) {
    return new Panels(scan, scan.whole(), height);
  }

  /** The liver, or the lesions alone, and every error, with a margin. */
  static Panels cut(Scan scan, List<Mask> errors, Zoom zoom, int height) {
    boolean liver = zoom.structure() == Structure.LIVER;
    IntPredicate shown =
        voxel ->
            (liver && scan.liver().values()[voxel] != 0)
                || errors.stream().anyMatch(e -> e.values()[voxel] != ErrorMask.TN);
    double margin = liver ? LIVER_MARGIN_MM : LESION_MARGIN_MM;
    return new Panels(scan, scan.cut(shown, margin), height);
  }

  /** The scanned image, with the patient's right and a scale. */
  Panels image(String caption) {
    Slice first = slices.get(0);
    double mmPerPixel = first.columns() * first.columnMm() / width;
    return add(caption, this::grey, new Picture.Marks(first.rightAtLeft(), mmPerPixel));
  }

  /** A map of the four error classes; true negatives are lighter inside the liver. */
  Panels errorMap(String caption, Mask errors, ErrorColors colors) {
    Color inLiver = colors.inLiver();
    return colors(
        caption,
        voxel -> {
          int error = errors.values()[voxel];
          boolean liver = scan.liver().values()[voxel] != 0;
          return (error == ErrorMask.TN && liver ? inLiver : colors.of(error)).getRGB();
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
  Panels overlay(String caption, Mask errors, ErrorColors colors) {
    return over(
        caption,
        voxel -> {
          int error = errors.values()[voxel];
          double opacity = error == ErrorMask.TP ? TP_OPACITY : OVERLAY_OPACITY;
          return error == ErrorMask.TN ? 0 : Raster.translucent(colors.of(error), opacity);
        });
  }

  /** The image with colours (ARGB) laid over it. */
  Panels over(String caption, IntUnaryOperator argb) {
    return add(caption, slice -> Raster.over(grey(slice), raster(slice, argb)), Picture.Marks.NONE);
  }

  /** What was added, as rows of a picture. */
  List<List<Picture.Panel>> rows() {
    return slices.size() > 1 ? looks : List.of(looks.stream().map(l -> l.get(0)).toList());
  }

  private BufferedImage grey(Slice slice) {
    return Raster.grey(slice, scan.image(), DENSITY * width, DENSITY * height);
  }

  private BufferedImage raster(Slice slice, IntUnaryOperator argb) {
    return Raster.colors(slice, argb, DENSITY * width, DENSITY * height);
  }

  private Panels colors(String caption, IntUnaryOperator argb) {
    return add(caption, slice -> raster(slice, argb), Picture.Marks.NONE);
  }

  private interface Drawer {
    BufferedImage of(Slice slice);
  }

  private Panels add(String caption, Drawer look, Picture.Marks marks) {
    looks.add(
        IntStream.range(0, slices.size())
            .mapToObj(
                i ->
                    new Picture.Panel(
                        caption(caption, i),
                        look.of(slices.get(i)),
                        width,
                        height,
                        i == 0 ? marks : Picture.Marks.NONE))
            .toList());
    return this;
  }

  /** In a strip the slice's number stands above the first look, the look before its row. */
  private String caption(String caption, int i) {
    if (slices.size() == 1) {
      return caption;
    }
    if (!looks.isEmpty()) {
      return i == 0 ? caption : "";
    }
    return i == 0 ? caption + ", " + scan.slices().get(i) : scan.slices().get(i).toString();
  }
}
