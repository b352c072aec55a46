package org.maskmine.dsl.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.maskmine.data.Structure;
import org.maskmine.dsl.view.Figure;
import org.maskmine.mining.ErrorMask;
import org.maskmine.network.Architecture;
import org.maskmine.network.Graph;
import org.maskmine.network.UNet;
import org.maskmine.volume.Mask;

/** Draws the paper's figures. */
public final class Figures {
  private static final int LARGE = 270;
  private static final int MIDDLE = 190;
  private static final int SMALL = 150;
  private static final int THUMBNAIL = 110;
  private static final double LIVER_OPACITY = 0.35;
  private static final double LESION_OPACITY = 0.75;

  private Figures() {}

  /**
   * Fig. 4: false positives, false negatives and true positives as bars, each group of them
   * normalised to its highest bar, with the voxel counts above.
   *
   * @param title what was counted where
   * @param groups one per architecture
   */
  public static Chart errorBars(String title, List<BarGroup> groups) {
    return ErrorBars.chart(title, groups);
  }

  /** Training loss above validation Dice, epoch by epoch; a dot marks the kept weights. */
  public static Chart curves(String title, List<Curve> curves) {
    return Curves.chart(title, curves);
  }

  /**
   * A U-Net with its channels (Fig. 3C), or a graph of one's own with its blocks.
   *
   * @param outputs of its head: 2, or 4 error classes
   * @param afterLiver whether it also sees the liver network's probability, in a combined network
   */
  public static Figure network(
      String title, Architecture network, int outputs, boolean afterLiver) {
    if (network instanceof UNet net) {
      return new NetworkFigure(title, net, outputs, afterLiver);
    }
    Graph graph = network.graph(title);
    return new GraphFigure(title, outputs == 2 ? graph : graph.withHead(title, outputs));
  }

  /**
   * The stages of a pipeline (Fig. 3A, B) above their networks.
   *
   * @param together whether they are one network, trained together
   */
  public static Column pipeline(
      String title, List<PipelineFigure.Stage> stages, boolean together, List<Figure> networks) {
    List<Figure> parts = new ArrayList<>(List.of(new PipelineFigure(title, stages, together)));
    parts.addAll(networks);
    return new Column(parts);
  }

  /** Hounsfield units of liver and lesions, and the lesions' diameters, part by part. */
  public static Column fingerprint(String title, List<PartFacts> parts) {
    return FingerprintChart.figure(title, parts);
  }

  /** Curves and points over two axes of numbers. */
  public static Chart lines(String title, String xLabel, String yLabel, List<Line> lines) {
    return Lines.chart(title, xLabel, yLabel, lines);
  }

  /** Precision over recall of lesion voxels as the threshold moves; a mark is a run's own masks. */
  public static Chart recallPrecision(String title, List<RunCurve> runs) {
    return RecallPrecision.chart(title, runs);
  }

  /**
   * A line per case from the first run's Dice to each other's.
   *
   * @param runs at least two, with the same cases in the same order
   */
  public static Chart dicePairs(String title, List<RunDice> runs) {
    return DicePairs.chart(title, runs);
  }

  /**
   * The share of the true lesions that each run finds, by diameter; found where any voxel is.
   *
   * @param runs groups of seeds with the true lesions of all their seeds
   */
  public static Chart lesionSizes(String title, List<RunLesions> runs) {
    return LesionSizes.chart(title, runs);
  }

  /**
   * Fig. 1: the image and what each run makes of it, in the paper's colours (FN red, FP green, TN
   * grey, TP black). Of several slices each look is a row.
   *
   * @param structure that is judged: {@code lesion}
   * @param errors per run, in order: TN 0, FP 1, FN 2, TP 3, on the scan's grid
   */
  public static Picture segmentations(
      Scan scan, String structure, Map<String, Mask> errors, Zoom zoom, ErrorColors colors) {
    int height = scan.slices().size() == 1 ? MIDDLE : SMALL;
    var panels = Panels.cut(scan, List.copyOf(errors.values()), zoom, height).image("CT");
    errors.forEach((run, mask) -> panels.errorMap(run, mask, colors));
    String words =
        errors.entrySet().stream()
            .map(e -> e.getKey() + " " + counts(scan, e.getValue()))
            .collect(Collectors.joining("; "));
    return picture(scan, structure, panels, allClasses(structure, colors), words);
  }

  /**
   * Fig. 2 as a strip: image, truth, prediction, and the error mask that comes of them.
   *
   * @param errors TN 0, FP 1, FN 2, TP 3, on the scan's grid
   */
  public static Picture mining(
      Scan scan, String structure, Mask errors, Zoom zoom, ErrorColors colors) {
    byte[] e = errors.values();
    IntPredicate truth = i -> e[i] == ErrorMask.FN || e[i] == ErrorMask.TP;
    IntPredicate prediction = i -> e[i] == ErrorMask.FP || e[i] == ErrorMask.TP;
    var panels =
        Panels.cut(scan, List.of(errors), zoom, SMALL)
            .image("CT")
            .mask("truth", truth)
            .mask("prediction", prediction)
            .errorMap("error mask", errors, colors);
    return picture(scan, structure, panels, allClasses(structure, colors), counts(scan, errors));
  }

  /**
   * The image beside itself with the errors laid over it; true negatives stay untouched.
   *
   * @param errors TN 0, FP 1, FN 2, TP 3, on the scan's grid
   */
  public static Picture overlay(
      Scan scan, String structure, Mask errors, Zoom zoom, ErrorColors colors) {
    int height = scan.slices().size() == 1 ? LARGE : SMALL;
    var panels =
        Panels.cut(scan, List.of(errors), zoom, height)
            .image("CT")
            .overlay("errors", errors, colors);
    List<Picture.Swatch> legend =
        classes(colors, IntStream.of(ErrorMask.FP, ErrorMask.FN, ErrorMask.TP));
    return picture(scan, structure, panels, legend, counts(scan, errors));
  }

  /**
   * Slices of each case with its labels laid over them.
   *
   * @param labels per scan: 0 background, 1 liver, 2 lesion
   */
  public static Picture thumbnails(List<Scan> scans, List<Mask> labels) {
    List<Picture.Panel> panels = new ArrayList<>();
    for (int i = 0; i < scans.size(); i++) {
      byte[] label = labels.get(i).values();
      Panels.whole(scans.get(i), THUMBNAIL)
          .over(scans.get(i).caseId(), voxel -> labelColor(label[voxel]))
          .rows()
          .forEach(panels::addAll);
    }
    var legend =
        List.of(new Picture.Swatch("liver", Look.LIVER), new Picture.Swatch("lesion", Look.LESION));
    String cases = scans.stream().map(Scan::title).collect(Collectors.joining("; "));
    return new Picture("", List.of(panels), legend, "CT with liver and lesions: " + cases);
  }

  private static int labelColor(int label) {
    return switch (label) {
      case 1 -> Raster.translucent(Look.LIVER, LIVER_OPACITY);
      case 2 -> Raster.translucent(Look.LESION, LESION_OPACITY);
      default -> 0;
    };
  }

  private static Picture picture(
      Scan scan, String structure, Panels panels, List<Picture.Swatch> legend, String words) {
    String title = scan.title();
    String alt = title + ", " + structure + " voxels: " + words;
    return new Picture(title + ": " + structure, panels.rows(), legend, alt);
  }

  private static List<Picture.Swatch> allClasses(String structure, ErrorColors colors) {
    List<Picture.Swatch> legend =
        new ArrayList<>(
            classes(colors, IntStream.of(ErrorMask.FN, ErrorMask.FP, ErrorMask.TP, ErrorMask.TN)));
    if (!structure.equals(Structure.LIVER.label())) {
      legend.add(new Picture.Swatch("… in the liver", colors.inLiver()));
    }
    return legend;
  }

  private static List<Picture.Swatch> classes(ErrorColors colors, IntStream errors) {
    return errors.mapToObj(e -> new Picture.Swatch(ErrorColors.name(e), colors.of(e))).toList();
  }

  private static String counts(Scan scan, Mask errors) {
    byte[] e = errors.values();
    return String.format(
        Locale.ROOT,
        "FP %d, FN %d, TP %d",
        scan.count(i -> e[i] == ErrorMask.FP),
        scan.count(i -> e[i] == ErrorMask.FN),
        scan.count(i -> e[i] == ErrorMask.TP));
  }
}
