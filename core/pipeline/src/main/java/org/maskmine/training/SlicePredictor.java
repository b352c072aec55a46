package org.maskmine.training;

import java.util.Objects;
import org.maskmine.data.AxialTransform;
import org.maskmine.data.Box;
import org.maskmine.data.Cut;
import org.maskmine.data.PreparedCase;
import org.maskmine.data.Structure;
import org.maskmine.engine.Images;
import org.maskmine.engine.Network;

/** Predicts a structure slice by slice, in the smallest window that holds the gate. */
final class SlicePredictor {
  /** Voxels of context around the gate on every side. */
  private static final int MARGIN = 4;

  /** Images per call; bounds memory on large slices. */
  private static final int MOST_PIXELS = 1 << 20;

  private SlicePredictor() {}

  /**
   * A binary mask over the whole grid, zero outside the gate.
   *
   * @param gate where to look; everything for the liver itself
   */
  static byte[] predict(Network network, StageRecipe recipe, PreparedCase prepared, byte[] gate) {
    byte[] out = new byte[gate.length];
    var window = Window.around(prepared, gate, network.graph().divisor());
    if (window == null) {
      return out;
    }
    int pixels = window.box().width() * window.box().height();
    int atOnce = Math.max(1, MOST_PIXELS / pixels);
    for (int z = window.firstSlice(); z <= window.lastSlice(); z += atOnce) {
      int count = Math.min(atOnce, window.lastSlice() - z + 1);
      predict(network, recipe, prepared, window.box(), z, count, out);
    }
    for (int i = 0; i < out.length; i++) {
      out[i] &= gate[i];
    }
    return out;
  }

  private static void predict(
      Network network,
      StageRecipe recipe,
      PreparedCase prepared,
      Box box,
      int firstSlice,
      int count,
      byte[] out) {
    int slices = recipe.network().slices();
    int pixels = box.width() * box.height();
    float[] images = new float[count * slices * pixels];
    var cut = Cut.of(prepared.geometry(), box, AxialTransform.IDENTITY);
    for (int i = 0; i < count; i++) {
      prepared.image(cut, firstSlice + i - slices / 2, slices, images, i * slices * pixels);
    }
    float[] logits =
        Objects.requireNonNull(
            network
                .predict(new Images(count, slices, new int[] {box.height(), box.width()}, images))
                .get(recipe.head()));
    byte[] mask = new byte[pixels];
    for (int i = 0; i < count; i++) {
      recipe.readOut().read(logits, i, pixels, mask, 0);
      paste(mask, box, prepared, firstSlice + i, out);
    }
  }

  private static void paste(byte[] mask, Box box, PreparedCase prepared, int z, byte[] out) {
    var grid = prepared.geometry();
    for (int y = Math.max(0, box.y0()); y < Math.min(grid.ny(), box.y0() + box.height()); y++) {
      for (int x = Math.max(0, box.x0()); x < Math.min(grid.nx(), box.x0() + box.width()); x++) {
        out[grid.index(x, y, z)] = mask[(y - box.y0()) * box.width() + x - box.x0()];
      }
    }
  }

  /** The whole grid as a gate. */
  static byte[] everywhere(PreparedCase prepared) {
    byte[] gate = new byte[prepared.geometry().voxels()];
    java.util.Arrays.fill(gate, (byte) 1);
    return gate;
  }

  /** The gate of a structure in training: the true liver for lesions, everything for the liver. */
  static byte[] trainingGate(PreparedCase prepared, Structure structure) {
    return structure == Structure.LIVER ? everywhere(prepared) : prepared.truth(Structure.LIVER);
  }

  private record Window(Box box, int firstSlice, int lastSlice) {
    static @org.jspecify.annotations.Nullable Window around(
        PreparedCase prepared, byte[] gate, int divisor) {
      var grid = prepared.geometry();
      int[] low = {grid.nx(), grid.ny(), grid.nz()};
      int[] high = {-1, -1, -1};
      for (int z = 0, i = 0; z < grid.nz(); z++) {
        for (int y = 0; y < grid.ny(); y++) {
          for (int x = 0; x < grid.nx(); x++, i++) {
            if (gate[i] != 0) {
              low[0] = Math.min(low[0], x);
              high[0] = Math.max(high[0], x);
              low[1] = Math.min(low[1], y);
              high[1] = Math.max(high[1], y);
              low[2] = Math.min(low[2], z);
              high[2] = Math.max(high[2], z);
            }
          }
        }
      }
      return high[2] < 0
          ? null
          : new Window(
              new Box(
                  start(low[0], high[0], grid.nx(), divisor),
                  start(low[1], high[1], grid.ny(), divisor),
                  length(low[0], high[0], grid.nx(), divisor),
                  length(low[1], high[1], grid.ny(), divisor)),
              low[2],
              high[2]);
    }

    private static int length(int low, int high, int axis, int divisor) {
      int wanted = Math.min(axis, high - low + 1 + 2 * MARGIN);
      return (wanted + divisor - 1) / divisor * divisor;
    }

    private static int start(int low, int high, int axis, int divisor) {
      int length = length(low, high, axis, divisor);
      return length >= axis
          ? 0
          : Math.min(Math.max(0, (low + high + 1 - length) / 2), axis - length);
    }
  }
}
