package org.maskmine.dsl.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maskmine.dsl.figure.Rendering.looksAlikeInEveryFormat;
import static org.maskmine.dsl.figure.Rendering.looksLikeStored;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maskmine.data.Structure;
import org.maskmine.dsl.view.SaveOption;
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
