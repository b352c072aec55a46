package org.maskmine.dsl.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maskmine.dsl.figure.Rendering.looksAlikeInEveryFormat;
import static org.maskmine.dsl.figure.Rendering.looksLikeStored;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;
import org.apache.pdfbox.text.PDFTextStripper;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.data.category.CategoryDataset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maskmine.data.HuHistogram;
import org.maskmine.data.Structure;
import org.maskmine.dsl.view.Figure;
import org.maskmine.dsl.view.SaveOption;
import org.maskmine.network.Graph;
import org.maskmine.network.Node;
import org.maskmine.network.OwnNetwork;
import org.maskmine.network.UNet;
import org.maskmine.scoring.Lesion;
import org.maskmine.volume.Mask;

/** Every figure against its stored picture. */
class PicturesTest {
  private static final Zoom LIVER = new Zoom(Structure.LIVER);

  @TempDir private Path folder;

  @Test
  void figure_4_of_one_pipeline() throws Exception {
    Chart chart = Figures.errorBars("Lesion voxels, validation set", List.of(Drawn.bars("2D")));
    looksLikeStored(chart, "figure4");
    looksAlikeInEveryFormat(chart, "figure4");
  }

  @Test
  void figure_4_of_three_pipelines() throws Exception {
    var groups = List.of(Drawn.bars("2D"), Drawn.bars("3D"), Drawn.bars("Combined"));
    Chart chart = Figures.errorBars("Lesion voxels, validation set", groups);
    looksLikeStored(chart, "figure4-pipelines");
    looksAlikeInEveryFormat(chart, "figure4-pipelines");
  }

  @Test
  void figure_1() throws Exception {
    Map<String, Mask> errors = new LinkedHashMap<>();
    errors.put("initial", Drawn.errors(3));
    errors.put("dice", Drawn.errors(1));
    Picture picture = Figures.segmentations(scan(), "lesion", errors, LIVER, ErrorColors.PAPER);
    looksLikeStored(picture, "figure1");
    looksAlikeInEveryFormat(picture, "figure1");
  }

  @Test
  void figure_2() throws Exception {
    looksLikeStored(
        Figures.mining(scan(), "lesion", Drawn.errors(2), LIVER, ErrorColors.PAPER), "figure2");
  }

  @Test
  void figure_1_as_a_strip_of_coronal_slices_zoomed_to_the_lesions_in_other_colours()
      throws Exception {
    Map<String, Mask> errors = new LinkedHashMap<>();
    errors.put("initial", Drawn.errors(3));
    errors.put("dice", Drawn.errors(1));
    int slice = Plane.CORONAL.fullest(Drawn.lesions(), l -> l != 0);
    var scan =
        new Scan(
            "volume-3",
            Drawn.image(),
            Drawn.liver(),
            Plane.CORONAL,
            List.of(slice - 2, slice, slice + 2));
    var colors = new ErrorColors(0xD55E00, 0x56B4E9, 0x888888, 0x222222);
    looksLikeStored(
        Figures.segmentations(scan, "lesion", errors, new Zoom(Structure.LESION), colors),
        "figure1-strip");
  }

  @Test
  void errors_over_the_image() throws Exception {
    looksLikeStored(
        Figures.overlay(scan(), "lesion", Drawn.errors(2), LIVER, ErrorColors.PAPER), "overlay");
  }

  @Test
  void training_curves() throws Exception {
    double[] loss = IntStream.range(0, 30).mapToDouble(i -> 0.1 + Math.exp(-i / 8.0)).toArray();
    double[] dice =
        IntStream.range(0, 30).mapToDouble(i -> 0.6 - 0.5 * Math.exp(-i / 6.0)).toArray();
    var curves =
        List.of(
            new Curve(Structure.LIVER, loss, dice, 28), new Curve(Structure.LESION, dice, loss, 3));
    looksLikeStored(Figures.curves("Training of base-7f3a21", curves), "curves");
  }

  @Test
  void recall_and_precision() throws Exception {
    double[] recall = IntStream.rangeClosed(0, 40).mapToDouble(i -> i / 40.0).toArray();
    double[] precision = Arrays.stream(recall).map(r -> 1 - 0.5 * r * r).toArray();
    Chart chart =
        Figures.recallPrecision(
            "Lesion voxels, validation set",
            List.of(
                new RunCurve("initial", Bar.Role.INITIAL, recall, precision, 0.5, 0.875),
                new RunCurve("dice", Bar.Role.RECALL, recall, recall, 0.75, 0.75)));
    looksLikeStored(chart, "recall-precision");
    assertThat(chart.alt())
        .isEqualTo(
            "Lesion voxels, validation set: initial has recall 0.500 and precision 0.875; dice has"
                + " recall 0.750 and precision 0.750");
  }

  @Test
  void dice_of_every_case_before_and_after() throws Exception {
    double[] before = {0.2, 0.5, 0.9, Double.NaN};
    Chart chart =
        Figures.dicePairs(
            "Lesion Dice",
            List.of(
                new RunDice("initial", Bar.Role.INITIAL, before),
                new RunDice("control", Bar.Role.CONTROL, new double[] {0.25, 0.4, 0.85, 0.1}),
                new RunDice("dice", Bar.Role.RECALL, new double[] {0.4, 0.6, 0.88, 0.2})));
    looksLikeStored(chart, "dice-pairs");
    assertThat(chart.alt())
        .isEqualTo(
            "Lesion Dice: from initial to control 1 of 3 cases gain, mean 0.533 to 0.500; from"
                + " initial to dice 2 of 3 cases gain, mean 0.533 to 0.627");
  }

  @Test
  void lesions_found_by_size() throws Exception {
    List<Lesion> base = List.of(lesion(4, 0), lesion(8, 0.2), lesion(9, 0), lesion(25, 0.7));
    List<Lesion> dice = List.of(lesion(4, 0.1), lesion(8, 0.2), lesion(9, 0), lesion(25, 0.7));
    Chart chart = lesionSizes(base, dice);
    looksLikeStored(chart, "lesion-sizes");
    assertThat(chart.alt())
        .isEqualTo(
            "Lesions: initial finds 0 of 1 under 5 mm, 1 of 2 5–10 mm, 1 of 1 from 20 mm; dice"
                + " finds 1 of 1 under 5 mm, 1 of 2 5–10 mm, 1 of 1 from 20 mm");
  }

  @Test
  void groups_with_different_seeds_have_lesions_of_their_own() {
    List<Lesion> two = List.of(lesion(4, 0), lesion(4, 0.3), lesion(8, 0.2));
    List<Lesion> one = List.of(lesion(4, 0.1), lesion(25, 0));
    Chart chart = lesionSizes(two, one);
    CategoryDataset bars = ((CategoryPlot) chart.getPlot()).getDataset();
    assertThat(bars.getColumnKeys().toString().replace('\u00A0', ' '))
        .isEqualTo("[under 5 mm, n = 1–2, 5–10 mm, n = 0–1, from 20 mm, n = 0–1]");
    assertThat(bars.getValue("initial", bars.getColumnKey(0))).isEqualTo(0.5);
    assertThat(bars.getValue("dice", bars.getColumnKey(0))).isEqualTo(1.0);
    assertThat(bars.getValue("dice", bars.getColumnKey(1))).as("none to be found").isNull();
    assertThat(chart.image().getWidth()).isPositive();
  }

  private static Chart lesionSizes(List<Lesion> initial, List<Lesion> dice) {
    return Figures.lesionSizes(
        "Lesions",
        List.of(
            new RunLesions("initial", Bar.Role.INITIAL, initial),
            new RunLesions("dice", Bar.Role.RECALL, dice)));
  }

  private static Lesion lesion(double diameterMm, double overlap) {
    return new Lesion(0, 10, diameterMm, -30, overlap);
  }

  @Test
  void the_fingerprint_of_a_data_set() throws Exception {
    var parts =
        List.of(
            new PartFacts("training", bell(105), bell(75), new double[] {4, 8, 9, 12, 22, 35}),
            new PartFacts("test", bell(92), bell(70), new double[] {6, 7, 9, 31}));
    var figure = Figures.fingerprint("Hounsfield units of phantom", parts);
    looksLikeStored(figure, "fingerprint");
    assertThat(figure.alt())
        .startsWith(
            "Hounsfield units of phantom: training: liver median 105 HU, 6 lesions, median diameter"
                + " 12.0 mm, median 75 HU; test: liver median 92 HU, 4 lesions, median diameter 9.0"
                + " mm, median 70 HU. ");
  }

  private static HuHistogram bell(int middle) {
    return new HuHistogram(
        middle - 60,
        IntStream.rangeClosed(-60, 60).map(d -> (int) (1000 * Math.exp(-d * d / 800.0))).toArray());
  }

  @Test
  void the_papers_2d_network_with_an_error_head() throws Exception {
    var figure = Figures.network("lesion", UNet.twoD(), 4, false);
    looksLikeStored(figure, "network");
    looksAlikeInEveryFormat(figure, "network");
    long parameters = parameters(UNet.twoD().graph("x").withHead("x", 4));
    assertThat(figure.alt())
        .contains(String.format(java.util.Locale.ROOT, "%,d parameters", parameters));
  }

  @Test
  void a_graph_of_ones_own() throws Exception {
    var graph =
        new Graph(
            2,
            3,
            2,
            List.of(
                new Node.Convolution("see", Graph.IMAGE, 3, 4, 5, 1, true),
                new Node.Convolution("glance", Graph.IMAGE, 3, 4, 1, 1, true),
                new Node.MaxPooling("far", "see"),
                new Node.Upsampling("near", "far", 4, 4),
                new Node.Sum("join", List.of("see", "glance", "near")),
                new Node.Convolution("answer", "join", 4, 2, 1, 1, true)),
            Map.of("lesion", "answer"));
    looksLikeStored(Figures.network("lesion", new OwnNetwork(graph), 2, false), "own-network");
  }

  @Test
  void figure_3() throws Exception {
    UNet small = UNet.twoD().base(4).levels(3);
    var stages =
        List.of(
            new PipelineFigure.Stage(Structure.LIVER, "2D U-Net", 2),
            new PipelineFigure.Stage(Structure.LESION, "2D U-Net", 4));
    var figure =
        Figures.pipeline(
            "cascade2d",
            stages,
            false,
            List.of(
                Figures.network("liver", small, 2, false),
                Figures.network("lesion", small, 4, false)));
    looksLikeStored(figure, "figure3");
    assertThat(figure.alt())
        .startsWith("cascade2d: CT, then liver 2D U-Net, then lesion 2D U-Net with error head. ");
  }

  @Test
  void figure_3_of_a_combined_network_shows_what_its_second_part_sees() throws Exception {
    UNet small = UNet.twoD().base(4).levels(3);
    var stages =
        List.of(
            new PipelineFigure.Stage(Structure.LIVER, "2D U-Net", 2),
            new PipelineFigure.Stage(Structure.LESION, "2D U-Net", 2));
    Figure second = Figures.network("lesion", small, 2, true);
    var figure =
        Figures.pipeline(
            "combined2d", stages, true, List.of(Figures.network("liver", small, 2, false), second));
    looksLikeStored(figure, "figure3-combined");
    assertThat(figure.alt())
        .startsWith(
            "combined2d: CT, then liver 2D U-Net, then lesion 2D U-Net; one network, trained"
                + " together: loss of the liver + loss of the lesion");
    long both = parameters(small.combined("liver", small, "lesion"));
    long rest = both - parameters(small.graph("liver"));
    assertThat(second.alt()).contains(String.format(java.util.Locale.ROOT, "%,d parameters", rest));
  }

  private static long parameters(org.maskmine.network.Graph graph) {
    return graph.parameters().stream()
        .mapToLong(p -> Arrays.stream(p.shape()).asLongStream().reduce(1, (a, b) -> a * b))
        .sum();
  }

  @Test
  void a_column_wide_pdf_has_its_size_its_letters_and_words_that_can_be_found() throws Exception {
    Chart chart = Figures.errorBars("Lesion voxels", List.of(Drawn.bars("2D")));
    Path file = chart.save(folder + "/fig4.pdf", new SaveOption.Width(new SaveOption.Length(85)));

    try (var document = Loader.loadPDF(file.toFile())) {
      var page = document.getPage(0);
      assertThat(page.getMediaBox().getWidth()).isEqualTo(85 / 25.4f * 72, within(0.01f));
      assertThat(new PDFTextStripper().getText(document)).contains("False positives", "2350");
      var resources = page.getResources();
      for (COSName name : resources.getXObjectNames()) {
        var form = (PDFormXObject) resources.getXObject(name);
        for (COSName font : form.getResources().getFontNames()) {
          assertThat(form.getResources().getFont(font).isEmbedded()).isTrue();
          assertThat(form.getResources().getFont(font).getName()).contains("LiberationSans");
        }
      }
    }
  }

  @Test
  void a_column_wide_svg_has_its_size_and_carries_its_letters() throws Exception {
    Chart chart = Figures.errorBars("Lesion voxels", List.of(Drawn.bars("2D")));
    Path file = chart.save(folder + "/fig4.svg", new SaveOption.Width(new SaveOption.Length(85)));

    String svg = Files.readString(file);
    assertThat(svg.contains("width=\"85.000mm\"")).isTrue();
    assertThat(svg.contains("@font-face{font-family:'Liberation Sans'")).isTrue();
    assertThat(Files.size(file)).isLessThan(60_000);
  }

  @Test
  void a_png_has_the_pixels_that_width_and_dpi_ask_for() throws Exception {
    Chart chart = Figures.errorBars("Lesion voxels", List.of(Drawn.bars("2D")));
    var width = new SaveOption.Width(new SaveOption.Length(85));
    Path file = chart.save(folder + "/fig4.png", new SaveOption.Dpi(300), width);

    assertThat(ImageIO.read(file.toFile()).getWidth()).isEqualTo(1004);
    byte[] bytes = Files.readAllBytes(file);
    int physical = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("pHYs");
    assertThat(java.nio.ByteBuffer.wrap(bytes).getInt(physical + 4)).isEqualTo(11811);
  }

  private static Scan scan() {
    return Scan.of(
        "volume-3",
        Drawn.image(),
        Drawn.liver(),
        Plane.AXIAL.fullest(Drawn.lesions(), l -> l != 0));
  }

  private static org.assertj.core.data.Offset<Float> within(float offset) {
    return org.assertj.core.data.Offset.offset(offset);
  }
}
