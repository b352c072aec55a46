package org.maskmine.dsl.figure;

import com.google.gson.Gson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.maskmine.UserError;
import org.maskmine.dsl.view.Page;
import org.maskmine.dsl.view.View;
import org.maskmine.dsl.view.Viewable;
import org.maskmine.volume.Nifti;

/**
 * Cases to walk through in the cell: slice, plane, window, opacity, layers. Everything it needs is
 * in the page, which works when it is saved, without a kernel and without a network.
 *
 * <p>Drawn on a plain canvas: NiiVue, the field's own viewer, is 2.9 MB in every page before the
 * first voxel and needs WebGL2, which classroom machines and remote desktops often lack.
 */
public final class SliceViewer implements Viewable {
  /** Voxels that a page keeps of all its cases; larger scans are cut to the liver and thinned. */
  private static final int MOST_VOXELS = 24_000_000;

  private static final int MOST_PER_CASE = 6_000_000;
  private static final String HEAD = text("viewer.html");
  private static final String SCRIPT = text("viewer.js");

  private final List<ViewedCase> cases;

  /** A viewer of these cases. */
  public SliceViewer(List<ViewedCase> cases) {
    this.cases = List.copyOf(cases);
    if (cases.isEmpty()) {
      throw new IllegalArgumentException("no cases");
    }
  }

  private static String text(String resource) {
    try (var in = Objects.requireNonNull(SliceViewer.class.getResourceAsStream(resource))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public View view() {
    return View.html(html(), words());
  }

  private String html() {
    int most = Math.min(MOST_PER_CASE, MOST_VOXELS / cases.size());
    List<PackedCase> packed = cases.parallelStream().map(c -> PackedCase.of(c, most)).toList();
    String still = still(cases.get(0), packed.get(0)).html();
    return HEAD.replace("@STILL@", still)
            .replace("@DATA@", new Gson().toJson(Map.of("cases", packed)))
        + "<script>"
        + SCRIPT
        + "</script>";
  }

  /** What is seen where scripts do not run. */
  private static Page still(ViewedCase first, PackedCase packed) {
    int slice = packed.first()[2] + packed.slice() * packed.step()[2];
    var scan = Scan.of(first.id(), first.image(), first.liver(), slice);
    var labels = first.layers().isEmpty() ? first.liver() : first.layers().get(0).mask();
    return Page.of(Figures.thumbnails(List.of(scan), List.of(labels)));
  }

  private String words() {
    return "Slices of "
        + cases.stream().map(ViewedCase::id).collect(Collectors.joining(", "))
        + " to walk through; layers: "
        + cases.get(0).layers().stream()
            .map(ViewedCase.Layer::name)
            .collect(Collectors.joining(", "));
  }

  /**
   * Writes a page that any browser opens.
   *
   * @param file ends in {@code .html}
   * @return where it lies now
   * @throws UserError for another ending, or where the file cannot be written
   */
  public Path save(String file) {
    if (!file.toLowerCase(Locale.ROOT).endsWith(".html")) {
      throw new UserError(
          file + ": a viewer is saved as .html; for NIfTI files call saveNifti(\"folder\")");
    }
    return new Page(html()).save(file, "Slices");
  }

  /**
   * Writes every image and layer as NIfTI, as ITK-SNAP and 3D Slicer read them: {@code
   * volume-3-ct.nii.gz}, {@code volume-3-truth.nii.gz}.
   *
   * @return the files
   * @throws UserError where they cannot be written
   */
  public List<Path> saveNifti(String folder) {
    List<Path> files = new ArrayList<>();
    for (ViewedCase c : cases) {
      Path image = Path.of(folder, c.id() + "-ct.nii.gz");
      Nifti.write(image, c.image());
      files.add(image);
      for (ViewedCase.Layer layer : c.layers()) {
        String name = layer.name().replaceAll("[^A-Za-z0-9.]+", "-");
        Path mask = Path.of(folder, c.id() + "-" + name + ".nii.gz");
        Nifti.write(mask, layer.mask());
        files.add(mask);
      }
    }
    return Collections.unmodifiableList(files);
  }
}
