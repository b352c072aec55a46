package org.maskmine.volume;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.maskmine.UserError;

/** The slices of one series, in the order of their positions. */
final class DicomSeries {
  /** Of the distance between slices; scanners write positions with a few digits. */
  private static final double POSITION_TOLERANCE = 0.1;

  private static final double SAME = 1e-3;

  private final Path folder;
  private final List<DicomSlice> slices;
  private final double[] step;

  private DicomSeries(Path folder, List<DicomSlice> slices) {
    this.folder = folder;
    this.slices = slices;
    slices.forEach(this::checkLike);
    double[] normal = normal(slices.get(0));
    slices.sort(Comparator.comparingDouble(s -> dot(s.position, normal)));
    this.step = step(normal);
    for (int i = 0; i < slices.size(); i++) {
      checkPlace(i);
    }
  }

  static DicomSeries of(Path folder, List<Path> files) {
    List<DicomSlice> slices = new ArrayList<>();
    for (Path file : files) {
      slices.add(DicomSlice.read(file));
    }
    return new DicomSeries(folder, slices);
  }

  /** Voxel (x, y, z) is column x of row y of slice z. */
  Volume volume() {
    DicomSlice first = slices.get(0);
    double[] o = first.orientation;
    double dx = first.spacingMm[1];
    double dy = first.spacingMm[0];
    double[] p = first.position;
    // DICOM counts millimetres to the left and to posterior, NIfTI to the right and to anterior.
    // Zero minus, since a minus alone would make zeros negative.
    var affine =
        new Affine(
            0 - o[0] * dx,
            0 - o[3] * dy,
            0 - step[0],
            0 - p[0],
            0 - o[1] * dx,
            0 - o[4] * dy,
            0 - step[1],
            0 - p[1],
            o[2] * dx,
            o[5] * dy,
            step[2],
            p[2]);
    var geometry = new Geometry(first.columns, first.rows, slices.size(), affine);
    float[] hu = new float[geometry.voxels()];
    for (int z = 0; z < slices.size(); z++) {
      slices.get(z).copy(hu, geometry.index(0, 0, z));
    }
    return new Volume(geometry, hu);
  }

  private void checkLike(DicomSlice slice) {
    DicomSlice first = slices.get(0);
    if (!slice.series.equals(first.series)) {
      throw new UserError(
          folder
              + ": holds more than one series, such as those of "
              + first.file.getFileName()
              + " and "
              + slice.file.getFileName()
              + ": a folder is one scan; put each series into a folder of its own");
    }
    boolean like =
        slice.rows == first.rows
            && slice.columns == first.columns
            && close(slice.orientation, first.orientation)
            && close(slice.spacingMm, first.spacingMm);
    if (!like) {
      throw new UserError(
          slice.file
              + ": differs from "
              + first.file.getFileName()
              + " in size, spacing or orientation: the slices of a series are alike; leave out"
              + " what belongs to another scan, such as a scout view");
    }
  }

  private static boolean close(double[] a, double[] b) {
    for (int i = 0; i < a.length; i++) {
      if (Math.abs(a[i] - b[i]) > SAME) {
        return false;
      }
    }
    return true;
  }

  private static double[] normal(DicomSlice slice) {
    double[] o = slice.orientation;
    return new double[] {
      o[1] * o[5] - o[2] * o[4], o[2] * o[3] - o[0] * o[5], o[0] * o[4] - o[1] * o[3]
    };
  }

  private static double dot(double[] a, double[] b) {
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  }

  /** From one slice to the next; a tilted gantry moves them sideways, too. */
  private double[] step(double[] normal) {
    int last = slices.size() - 1;
    if (last == 0) {
      return normal;
    }
    double[] from = slices.get(0).position;
    double[] to = slices.get(last).position;
    return new double[] {
      (to[0] - from[0]) / last, (to[1] - from[1]) / last, (to[2] - from[2]) / last
    };
  }

  private void checkPlace(int i) {
    double[] from = slices.get(0).position;
    double[] at = slices.get(i).position;
    double[] off = new double[3];
    for (int axis = 0; axis < 3; axis++) {
      off[axis] = at[axis] - from[axis] - i * step[axis];
    }
    double length = Math.sqrt(dot(step, step));
    if (!(length > 0) || Math.sqrt(dot(off, off)) > POSITION_TOLERANCE * length) {
      throw new UserError(
          String.format(
              Locale.ROOT,
              "%s: slice %s lies %.2f mm from where %d slices at equal distances would put it: a"
                  + " slice is missing or there twice; copy the whole series again",
              folder,
              slices.get(i).file.getFileName(),
              Math.sqrt(dot(off, off)),
              slices.size()));
    }
  }
}
