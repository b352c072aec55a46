package org.maskmine.dsl.figure;

import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import java.util.zip.Deflater;
import org.maskmine.volume.Geometry;
import org.maskmine.volume.Mask;

/**
 * A case as the viewer's page holds it: axes to the patient's left, to posterior and to the head,
 * large scans cut to the liver and thinned out, compressed, in Base64. Its fields are the names
 * that {@code viewer.js} reads.
 *
 * @param size voxels along each axis
 * @param spacing millimetres along each axis
 * @param first slice number of the case's own grid at place 0 of each axis
 * @param step slice numbers from one place to the next; negative where the grid runs the other way
 * @param slice axial place that is shown first
 * @param image differences of Hounsfield units from voxel to voxel, 16 bits, first all high bytes
 */
record PackedCase(
    String id,
    int[] size,
    double[] spacing,
    int[] first,
    int[] step,
    int slice,
    String image,
    List<PackedLayer> layers) {
  private static final double MARGIN_MM = 15;
  private static final int LOWEST_HU = -1024;
  private static final int HIGHEST_HU = 3071;

  /**
   * A layer of it.
   *
   * @param mask a byte per voxel
   * @param classes label, name and colour of each
   */
  record PackedLayer(String name, String mask, List<List<Object>> classes) {}

  /**
   * Packs a case.
   *
   * @param mostVoxels that it may keep
   */
  static PackedCase of(ViewedCase viewed, int mostVoxels) {
    Axis[] whole = axes(viewed.image().geometry());
    Axis[] axes =
        viewed.image().geometry().voxels() <= mostVoxels
            ? whole
            : thinned(cut(whole, i -> viewed.liver().values()[i] != 0), mostVoxels);
    float[] hu = viewed.image().values();
    List<PackedLayer> layers =
        viewed.layers().stream().map(l -> layer(l, axes, l.mask().values())).toList();
    return new PackedCase(
        viewed.id(),
        ints(axes, a -> a.size),
        doubles(axes),
        ints(axes, a -> a.first),
        ints(axes, a -> a.step),
        fullest(axes, viewed),
        packedImage(axes, hu),
        layers);
  }

  private record Axis(int origin, int stride, int size, int first, int step, double mm) {
    /** From one place to another, ends included. */
    Axis between(int low, int high) {
      return new Axis(origin + low * stride, stride, high - low + 1, first + low * step, step, mm);
    }

    /** Every so many-th place. */
    Axis every(int n) {
      return new Axis(origin, n * stride, (size + n - 1) / n, first, n * step, n * mm);
    }
  }

  private interface Part {
    int of(Axis axis);
  }

  private static int[] ints(Axis[] axes, Part part) {
    return new int[] {part.of(axes[0]), part.of(axes[1]), part.of(axes[2])};
  }

  private static double[] doubles(Axis[] axes) {
    return new double[] {axes[0].mm, axes[1].mm, axes[2].mm};
  }

  private static Axis[] axes(Geometry grid) {
    Slice across = Plane.AXIAL.slice(grid, 0);
    Slice front = Plane.CORONAL.slice(grid, 0);
    return new Axis[] {
      axis(across.columnStride(), across.columns(), across.columnMm()),
      axis(across.rowStride(), across.rows(), across.rowMm()),
      axis(-front.rowStride(), front.rows(), front.rowMm())
    };
  }

  private static Axis axis(int stride, int size, double mm) {
    return stride > 0
        ? new Axis(0, stride, size, 0, 1, mm)
        : new Axis(-stride * (size - 1), stride, size, size - 1, -1, mm);
  }

  private static Axis[] cut(Axis[] axes, IntPredicate inside) {
    int[] low = ints(axes, a -> a.size);
    int[] high = {-1, -1, -1};
    int[] at = new int[3];
    for (at[2] = 0; at[2] < axes[2].size; at[2]++) {
      for (at[1] = 0; at[1] < axes[1].size; at[1]++) {
        for (at[0] = 0; at[0] < axes[0].size; at[0]++) {
          if (inside.test(voxel(axes, at[0], at[1], at[2]))) {
            for (int k = 0; k < 3; k++) {
              low[k] = Math.min(low[k], at[k]);
              high[k] = Math.max(high[k], at[k]);
            }
          }
        }
      }
    }
    if (high[0] < 0) {
      return axes;
    }
    Axis[] out = new Axis[3];
    for (int k = 0; k < 3; k++) {
      int margin = (int) Math.ceil(MARGIN_MM / axes[k].mm);
      out[k] =
          axes[k].between(
              Math.max(0, low[k] - margin), Math.min(axes[k].size - 1, high[k] + margin));
    }
    return out;
  }

  private static Axis[] thinned(Axis[] axes, int mostVoxels) {
    Axis[] out = axes;
    for (int n = 2; (long) out[0].size * out[1].size * out[2].size > mostVoxels; n++) {
      out = new Axis[] {axes[0].every(n), axes[1].every(n), axes[2]};
    }
    return out;
  }

  private static int voxel(Axis[] axes, int x, int y, int z) {
    return axes[0].origin
        + x * axes[0].stride
        + axes[1].origin
        + y * axes[1].stride
        + axes[2].origin
        + z * axes[2].stride;
  }

  /** The axial place with most voxels of the last layer's highest label, else the middle. */
  private static int fullest(Axis[] axes, ViewedCase viewed) {
    if (viewed.layers().isEmpty()) {
      return axes[2].size / 2;
    }
    Mask mask = viewed.layers().get(viewed.layers().size() - 1).mask();
    int best = axes[2].size / 2;
    int most = 0;
    for (int z = 0; z < axes[2].size; z++) {
      int n = 0;
      for (int y = 0; y < axes[1].size; y++) {
        for (int x = 0; x < axes[0].size; x++) {
          n += mask.values()[voxel(axes, x, y, z)] > 1 ? 1 : 0;
        }
      }
      if (n > most) {
        most = n;
        best = z;
      }
    }
    return best;
  }

  private static byte[] bytes(Axis[] axes, IntUnaryOperator value) {
    byte[] out = new byte[axes[0].size * axes[1].size * axes[2].size];
    int i = 0;
    for (int z = 0; z < axes[2].size; z++) {
      for (int y = 0; y < axes[1].size; y++) {
        for (int x = 0; x < axes[0].size; x++) {
          out[i++] = (byte) value.applyAsInt(voxel(axes, x, y, z));
        }
      }
    }
    return out;
  }

  private static PackedLayer layer(ViewedCase.Layer layer, Axis[] axes, byte[] labels) {
    List<List<Object>> classes =
        layer.classes().stream()
            .map(c -> List.<Object>of(c.label(), c.name(), String.format("#%06x", c.rgb())))
            .toList();
    return new PackedLayer(layer.name(), packed(bytes(axes, i -> labels[i])), classes);
  }

  private static String packedImage(Axis[] axes, float[] hu) {
    int n = axes[0].size * axes[1].size * axes[2].size;
    byte[] out = new byte[2 * n];
    int i = 0;
    int before = 0;
    for (int z = 0; z < axes[2].size; z++) {
      for (int y = 0; y < axes[1].size; y++) {
        for (int x = 0; x < axes[0].size; x++, i++) {
          int value = whole(hu[voxel(axes, x, y, z)]);
          out[i] = (byte) (value - before >> 8);
          out[n + i] = (byte) (value - before);
          before = value;
        }
      }
    }
    return packed(out);
  }

  private static int whole(float hu) {
    return Float.isNaN(hu) ? LOWEST_HU : Math.round(Math.min(HIGHEST_HU, Math.max(LOWEST_HU, hu)));
  }

  private static String packed(byte[] bytes) {
    var deflater = new Deflater(Deflater.DEFAULT_COMPRESSION);
    deflater.setInput(bytes);
    deflater.finish();
    var out = new ByteArrayOutputStream(bytes.length / 2);
    byte[] buffer = new byte[1 << 16];
    while (!deflater.finished()) {
      out.write(buffer, 0, deflater.deflate(buffer));
    }
    deflater.end();
    return Base64.getEncoder().encodeToString(out.toByteArray());
  }
}
