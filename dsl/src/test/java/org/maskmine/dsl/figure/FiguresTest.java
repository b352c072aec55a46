package org.maskmine.dsl.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;
import org.jfree.chart.plot.CategoryPlot;
import org.junit.jupiter.api.Test;
import org.maskmine.data.Structure;
import org.maskmine.scoring.Confusion;
import org.maskmine.volume.Affine;
import org.maskmine.volume.Geometry;
import org.maskmine.volume.Mask;
import org.maskmine.volume.Volume;

class FiguresTest {
  private static final Zoom LIVER = new Zoom(org.maskmine.data.Structure.LIVER);

  /** Voxels run to the left and to posterior, as in most scans. */
  private static final Geometry GRID =
      new Geometry(8, 8, 2, new Affine(-2, 0, 0, 0, 0, -2, 0, 0, 0, 0, 5, 0));

  @Test
  void figure_4_divides_each_group_by_its_highest_bar() {
    Chart chart = Figures.errorBars("Lesion voxels", List.of(seedZero()));

    var dataset = ((CategoryPlot) chart.getPlot()).getDataset();
    assertThat(dataset.getValue("initial", "False positives").doubleValue())
        .isEqualTo(916 / 2350.0);
    assertThat(dataset.getValue("dice", "False positives").doubleValue()).isEqualTo(1);
    assertThat(dataset.getValue("dice", "False negatives").doubleValue()).isEqualTo(1671 / 2514.0);
    assertThat(dataset.getValue("pwce", "False negatives").doubleValue()).isEqualTo(1);
    assertThat(chart.alt())
        .isEqualTo(
            "Lesion voxels: initial FP 916, FN 2,219, TP 100; dice FP 2,350, FN 1,671, TP 648;"
                + " pwce FP 478, FN 2,514, TP 12,345");
  }

  @Test
  void figure_4_writes_its_counts_and_keeps_the_papers_colours() {
    Chart chart = Figures.errorBars("Lesion voxels", List.of(seedZero()));
    String svg = chart.view().content().getOrDefault("image/svg+xml", "");

    assertThat(svg).contains(">916<", ">2350<", ">12.3k<", "rgb(0,114,178)", "rgb(230,159,0)");
    assertThat(svg).contains("role=\"img\"", "<title>Lesion voxels: initial FP 916");
  }

  @Test
  void a_figure_alone_in_a_cell_has_words_for_those_who_cannot_see_it() {
    Chart chart = Figures.errorBars("Lesion voxels", List.of(Drawn.bars("2D")));
    assertThat(chart.alt()).contains("2,350");
    assertThat(chart.view().content().get("text/html"))
        .startsWith("<p><img ")
        .contains(" alt=\"" + chart.alt() + "\" src=\"data:image/svg+xml;base64,");
  }

  @Test
  void titles_are_bold_in_svg_and_bring_their_letters() {
    String svg =
        Figures.errorBars("Lesion voxels", List.of(Drawn.bars("2D")))
            .view()
            .content()
            .getOrDefault("image/svg+xml", "");
    assertThat(svg).containsPattern("font-weight=\"bold\"[^>]*>(<text [^>]*>)?Lesion voxels");
    assertThat(svg).contains("font-weight:bold;src:url(");
  }

  @Test
  void a_figure_is_drawn_alike_twice() {
    assertThat(Figures.errorBars("t", List.of(seedZero())).view())
        .isEqualTo(Figures.errorBars("t", List.of(seedZero())).view());
  }

  @Test
  void a_case_name_cannot_smuggle_markup_into_a_picture() {
    Mask none = Mask.empty(GRID);
    var scan = Scan.of("<script>", new Volume(GRID, new float[GRID.voxels()]), none, 0);

    assertThat(
            Figures.overlay(scan, "lesion", none, LIVER, ErrorColors.PAPER)
                .view()
                .content()
                .get("image/svg+xml"))
        .doesNotContain("<script>")
        .contains("&lt;script&gt;, slice 0, lesion voxels: FP 0, FN 0, TP 0");
  }

  @Test
  void figure_1_shows_each_error_in_the_papers_colour_seen_from_the_feet() {
    Mask errors = Mask.empty(GRID);
    errors.values()[GRID.index(0, 0, 1)] = 1;
    errors.values()[GRID.index(7, 0, 1)] = 2;
    errors.values()[GRID.index(0, 7, 1)] = 3;
    var picture =
        Figures.segmentations(
            Scan.of("volume-3", new Volume(GRID, new float[GRID.voxels()]), Mask.empty(GRID), 1),
            "lesion",
            Map.of("base", errors),
            LIVER,
            ErrorColors.PAPER);

    // the second panel, 190 wide, behind a margin of 10, one panel and a gap of 8; two pixels each
    assertThat(rgb(picture, 208 + 8, 54 + 8)).isEqualTo(0x66E07A);
    assertThat(rgb(picture, 208 + 182, 54 + 8)).isEqualTo(0xD7191C);
    assertThat(rgb(picture, 208 + 8, 54 + 182)).isEqualTo(0x000000);
    assertThat(rgb(picture, 208 + 95, 54 + 95)).isEqualTo(0xBDBDBD);
    assertThat(picture.alt()).isEqualTo("volume-3, slice 1, lesion voxels: base FP 1, FN 1, TP 1");
  }

  @Test
  void a_legend_names_the_grey_of_the_liver_where_lesions_are_judged_alone() {
    var scan = Scan.of("volume-3", new Volume(GRID, new float[GRID.voxels()]), Mask.empty(GRID), 1);
    Map<String, Mask> errors = Map.of("base", Mask.empty(GRID));
    for (Structure s : Structure.values()) {
      String svg =
          Figures.segmentations(scan, s.label(), errors, LIVER, ErrorColors.PAPER)
              .view()
              .content()
              .getOrDefault("image/svg+xml", "");
      assertThat(svg.contains("… in the liver")).isEqualTo(s == Structure.LESION);
    }
  }

  @Test
  void an_image_stored_the_other_way_round_is_turned() {
    var ras = Geometry.of(8, 8, 2, new org.maskmine.volume.Spacing(2, 2, 5));

    assertThat(axial(GRID, 1).voxel(0, 0)).isEqualTo(GRID.index(0, 0, 1));
    assertThat(axial(ras, 1).voxel(0, 0)).isEqualTo(ras.index(7, 7, 1));
    var turned = new Geometry(8, 8, 2, new Affine(0, -2, 0, 0, 2, 0, 0, 0, 0, 0, 5, 0));
    assertThat(axial(turned, 1).voxel(0, 0)).isEqualTo(turned.index(7, 0, 1));
    assertThat(axial(turned, 1).voxel(1, 0)).isEqualTo(turned.index(7, 1, 1));
  }

  @Test
  void coronal_and_sagittal_slices_stand_head_up() {
    var ras = Geometry.of(4, 5, 6, new org.maskmine.volume.Spacing(2, 2, 5));

    Slice front = Plane.CORONAL.slice(ras, 3);
    assertThat(List.of(front.columns(), front.rows())).containsExactly(4, 6);
    assertThat(front.voxel(0, 0)).isEqualTo(ras.index(3, 3, 5));
    assertThat(front.voxel(1, 2)).isEqualTo(ras.index(2, 3, 3));
    assertThat(List.of(front.columnMm(), front.rowMm())).containsExactly(2.0, 5.0);
    Slice side = Plane.SAGITTAL.slice(ras, 1);
    assertThat(List.of(side.columns(), side.rows())).containsExactly(5, 6);
    assertThat(side.voxel(0, 0)).isEqualTo(ras.index(1, 4, 5));
    assertThat(side.rightAtLeft()).isFalse();
  }

  @Test
  void a_scan_stored_from_the_side_is_cut_across_all_the_same() {
    // x runs up, y to anterior, z to the right
    var grid = new Geometry(6, 5, 4, new Affine(0, 0, 2, 0, 0, 2, 0, 0, 5, 0, 0, 0));

    assertThat(Plane.AXIAL.slices(grid)).isEqualTo(6);
    assertThat(Plane.AXIAL.slice(grid, 2).voxel(0, 0)).isEqualTo(grid.index(2, 4, 3));
    assertThat(Plane.CORONAL.slices(grid)).isEqualTo(5);
    assertThat(Plane.SAGITTAL.slices(grid)).isEqualTo(4);
  }

  @Test
  void a_strip_of_slices_has_one_rectangle_for_all() {
    Mask liver = Mask.empty(GRID);
    liver.values()[GRID.index(1, 1, 0)] = 1;
    liver.values()[GRID.index(6, 6, 1)] = 1;
    var scan =
        new Scan(
            "volume-3",
            new Volume(GRID, new float[GRID.voxels()]),
            liver,
            Plane.AXIAL,
            List.of(0, 1));

    List<Slice> cut = scan.cut(v -> liver.values()[v] != 0, 0);
    assertThat(cut.get(0).voxel(0, 0)).isEqualTo(GRID.index(1, 1, 0));
    assertThat(cut.get(1).voxel(0, 0)).isEqualTo(GRID.index(1, 1, 1));
    assertThat(List.of(cut.get(1).columns(), cut.get(1).rows())).containsExactly(6, 6);
    Picture strip =
        Figures.segmentations(scan, "lesion", Map.of("base", liver), LIVER, ErrorColors.PAPER);
    assertThat(strip.alt())
        .isEqualTo("volume-3, slices 0, 1, lesion voxels: base FP 2, FN 0, TP 0");
  }

  private static Slice axial(Geometry grid, int slice) {
    return Plane.AXIAL.slice(grid, slice);
  }

  @Test
  void voxels_keep_their_shape_and_are_cut_to_liver_and_errors() {
    Slice whole = axial(GRID, 0);
    Slice cut = whole.cut(whole.around(v -> v == GRID.index(4, 3, 0)), 4);

    assertThat(cut.voxel(0, 0)).isEqualTo(GRID.index(2, 1, 0));
    assertThat(List.of(cut.columns(), cut.rows())).containsExactly(5, 5);
    assertThat(whole.cut(whole.around(v -> false), 4)).isEqualTo(whole);
  }

  private static BarGroup seedZero() {
    return new BarGroup(
        "cascade2d",
        List.of(
            new Bar("initial", Bar.Role.INITIAL, new Confusion(0, 916, 2219, 100)),
            new Bar("dice", Bar.Role.RECALL, new Confusion(0, 2350, 1671, 648)),
            new Bar("pwce", Bar.Role.ROBUSTNESS, new Confusion(0, 478, 2514, 12345))));
  }

  private static int rgb(Picture picture, int x, int y) {
    BufferedImage image = picture.image();
    return image.getRGB(2 * x, 2 * y) & 0xFFFFFF;
  }
}
