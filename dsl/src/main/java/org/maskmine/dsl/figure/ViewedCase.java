package org.maskmine.dsl.figure;

import java.util.List;
import org.maskmine.volume.Mask;
import org.maskmine.volume.Volume;

/**
 * A case to walk through.
 *
 * @param id its name
 * @param image in Hounsfield units
 * @param liver non-zero in the true liver; large scans are cut to it
 * @param layers that can be laid over the image, on its grid
 */
public record ViewedCase(String id, Volume image, Mask liver, List<Layer> layers) {
  /** Copies the list. */
  public ViewedCase {
    layers = List.copyOf(layers);
  }

  /**
   * Labels laid over an image.
   *
   * @param name beside its box
   * @param mask labels 0…7; 0 is not shown
   * @param classes that are shown
   */
  public record Layer(String name, Mask mask, List<LabelClass> classes) {
    /** Copies the list. */
    public Layer {
      classes = List.copyOf(classes);
    }

    /** Labels as LiTS has them: 1 liver, 2 lesion. */
    public static Layer truth(Mask labels) {
      return new Layer(
          "truth",
          labels,
          List.of(
              new LabelClass(1, "liver", rgb(Look.LIVER)),
              new LabelClass(2, "lesion", rgb(Look.LESION))));
    }

    /** Errors: FP 1, FN 2, TP 3. */
    public static Layer errors(String name, Mask errors, ErrorColors colors) {
      return new Layer(
          name,
          errors,
          List.of(
              new LabelClass(1, ErrorColors.name(1), colors.fp()),
              new LabelClass(2, ErrorColors.name(2), colors.fn()),
              new LabelClass(3, ErrorColors.name(3), colors.tp())));
    }

    private static int rgb(java.awt.Color color) {
      return color.getRGB() & 0xFFFFFF;
    }
  }

  /**
   * What one label of a layer means.
   *
   * @param rgb its colour, 0xRRGGBB
   */
  public record LabelClass(int label, String name, int rgb) {}
}
