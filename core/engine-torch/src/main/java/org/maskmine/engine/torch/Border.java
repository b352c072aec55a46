package org.maskmine.engine.torch;

import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/**
 * What a folded norm adds to a convolution's result at the edges.
 *
 * <p>The norm's shift reaches the result through the kernel: the same everywhere inside, which the
 * bias takes, but less at the edges, where part of the kernel lies on padding, which is zero after
 * the norm. All cases occur on three voxels per axis: first, inside, last.
 *
 * @param map [1, channel, 3 per axis], zero at the middle; null where nothing is added
 */
record Border(@Nullable Tensor map) {
  static final Border NONE = new Border(null);

  private static final int CHANNEL = 1;
  private static final int FIRST_AXIS = 2;

  /**
   * @param inside what the shift adds far from the edges [out]
   */
  record Shift(Tensor inside, Border border) {}

  /**
   * Sends a shift through a convolution.
   *
   * @param weight [out, in, kernel…]
   * @param shift [1, in, 1…]
   */
  static Shift shift(Tensor weight, Tensor shift) {
    int axes = (int) weight.dim() - FIRST_AXIS;
    long[] size = new long[FIRST_AXIS + axes];
    Arrays.fill(size, 3);
    size[0] = 1;
    size[CHANNEL] = shift.size(CHANNEL);
    long[] ones = new long[axes];
    Arrays.fill(ones, 1);
    long[] padding = new long[axes];
    Arrays.fill(padding, weight.size(FIRST_AXIS) / 2);
    Tensor map =
        torch.convolution(
            shift.expand(size).contiguous(),
            weight,
            new TensorOptional(),
            ones,
            padding,
            ones,
            false,
            new long[axes],
            1);
    Tensor middle = map;
    for (int axis = FIRST_AXIS; axis < FIRST_AXIS + axes; axis++) {
      middle = middle.narrow(axis, 1, 1);
    }
    return new Shift(middle.flatten(), new Border(map.sub(middle)));
  }

  /** The same times a factor per channel [1, channel, 1…]. */
  Border times(Tensor factor) {
    return map == null ? this : new Border(map.mul(factor));
  }

  /** The same in another number format, kept. */
  Border kept(ScalarType type, Owned owned) {
    return map == null ? this : new Border(owned.keep(map.to(type)));
  }

  /** Adds it to a feature map. */
  void addTo(Tensor result) {
    if (map == null) {
      return;
    }
    Tensor rest = result;
    Tensor part = map;
    boolean edgesOnly = true;
    for (int axis = FIRST_AXIS; axis < result.dim(); axis++) {
      long length = result.size(axis);
      if (length == 1) {
        part = both(part, axis);
        edgesOnly = false;
        continue;
      }
      add(rest.narrow(axis, 0, 1), part.narrow(axis, 0, 1), axis + 1);
      add(rest.narrow(axis, length - 1, 1), part.narrow(axis, 2, 1), axis + 1);
      if (length == 2) {
        return;
      }
      rest = rest.narrow(axis, 1, length - 2);
      part = part.narrow(axis, 1, 1);
    }
    if (!edgesOnly) {
      rest.add_(part);
    }
  }

  /** Adds to a slab, after stretching the part along the axes that are left. */
  private static void add(Tensor slab, Tensor part, int firstAxis) {
    Tensor stretched = part;
    for (int axis = firstAxis; axis < slab.dim(); axis++) {
      stretched = stretched(stretched, axis, slab.size(axis));
    }
    slab.add_(stretched);
  }

  private static Tensor stretched(Tensor part, int axis, long length) {
    if (length == 1) {
      return both(part, axis);
    }
    long[] middle = new long[(int) part.dim()];
    Arrays.fill(middle, -1);
    middle[axis] = length - 2;
    try (var vector =
        new TensorVector(
            part.narrow(axis, 0, 1),
            part.narrow(axis, 1, 1).expand(middle),
            part.narrow(axis, 2, 1))) {
      return torch.cat(vector, axis);
    }
  }

  /** A single voxel is first and last: what is missing on either side adds up. */
  private static Tensor both(Tensor part, int axis) {
    return part.narrow(axis, 0, 1).add(part.narrow(axis, 2, 1)).sub(part.narrow(axis, 1, 1));
  }
}
