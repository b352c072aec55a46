package org.maskmine.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.maskmine.data.AxialTransform;
import org.maskmine.data.Box;
import org.maskmine.data.Cut;
import org.maskmine.data.PreparedCase;
import org.maskmine.data.Structure;
import org.maskmine.engine.Images;
import org.maskmine.engine.Network;
import org.maskmine.volume.Geometry;

/**
 * Predicts a structure tile by tile in the smallest window that holds the gate, slices or solid
 * blocks. Logits of overlapping tiles are averaged with Gaussian weights.
 */
final class TilePredictor {
  /** Pixels per call; bounds memory on large slices. */
  private static final int MOST_PIXELS = 1 << 20;

  private final Network network;
  private final StageRecipe recipe;
  private final Head head;
  private final PreparedCase prepared;
  private final boolean mirrored;
  private final Axis x;
  private final Axis y;
  private final Axis z;
  private final Blend blend;

  private record Tile(int x0, int y0, int z0) {}

  /** Reports that so many of all tiles are done. */
  interface Watcher {
    Watcher NONE = (done, total) -> {};

    void tiles(int done, int total);
  }

  private TilePredictor(
      Network network,
      StageRecipe recipe,
      Structure structure,
      PreparedCase prepared,
      Tiles tiles,
      int[][] bounds) {
    this.network = network;
    this.recipe = recipe;
    this.head = recipe.head(structure);
    this.prepared = prepared;
    this.mirrored = tiles.mirrored();
    Geometry grid = prepared.geometry();
    int divisor = network.graph().divisor();
    int[] low = bounds[0];
    int[] high = bounds[1];
    boolean solid = recipe.network().dimensions() == 3;
    int side = solid ? recipe.crop() : tiles.side();
    var wholeX = Axis.whole(low[0], high[0], grid.nx(), divisor);
    var wholeY = Axis.whole(low[1], high[1], grid.ny(), divisor);
    if (side == Tiles.WHOLE && (long) wholeX.tile() * wholeY.tile() <= MOST_PIXELS) {
      this.x = wholeX;
      this.y = wholeY;
    } else {
      int length = side == Tiles.WHOLE ? recipe.crop() : side;
      this.x = Axis.tiled(low[0], high[0], grid.nx(), divisor, length);
      this.y = Axis.tiled(low[1], high[1], grid.ny(), divisor, length);
    }
    this.z =
        solid
            ? Axis.tiled(low[2], high[2], grid.nz(), divisor, recipe.depth())
            : Axis.slices(low[2], high[2]);
    this.blend = new Blend(x, y, z, head.readOut());
  }

  /**
   * A binary mask over the whole grid, zero outside the gate.
   *
   * @param gate where to look; everything for the liver itself
   */
  static byte[] predict(
      Network network,
      StageRecipe recipe,
      Structure structure,
      PreparedCase prepared,
      byte[] gate,
      Tiles tiles,
      Watcher watcher) {
    byte[] out = new byte[gate.length];
    int[][] bounds = Gates.bounds(gate, prepared.geometry());
    if (bounds != null) {
      new TilePredictor(network, recipe, structure, prepared, tiles, bounds)
          .run(
              (scores, from, to, length) -> {
                for (int i = 0; i < length; i++) {
                  out[to + i] = scores[from + i] > 0 ? gate[to + i] : 0;
                }
              },
              watcher);
    }
    return out;
  }

  /** The score of every voxel near the gate, see {@link ReadOut}; elsewhere 0. */
  static float[] scores(
      Network network,
      StageRecipe recipe,
      Structure structure,
      PreparedCase prepared,
      byte[] gate,
      Tiles tiles) {
    float[] out = new float[gate.length];
    int[][] bounds = Gates.bounds(gate, prepared.geometry());
    if (bounds != null) {
      new TilePredictor(network, recipe, structure, prepared, tiles, bounds)
          .run(
              (scores, from, to, length) -> System.arraycopy(scores, from, out, to, length),
              Watcher.NONE);
    }
    return out;
  }

  private void run(Blend.Row out, Watcher watcher) {
    List<Tile> tiles = tiles();
    int atOnce = Math.max(1, MOST_PIXELS / (x.tile() * y.tile() * z.tile()));
    for (int from = 0; from < tiles.size(); from += atOnce) {
      watcher.tiles(from, tiles.size());
      List<Tile> some = tiles.subList(from, Math.min(tiles.size(), from + atOnce));
      float[] logits = logits(some);
      for (int i = 0; i < some.size(); i++) {
        Tile tile = some.get(i);
        blend.finish(tile.z0(), prepared.geometry(), out);
        blend.add(logits, i, tile.x0(), tile.y0(), tile.z0());
      }
    }
    blend.finish(Integer.MAX_VALUE, prepared.geometry(), out);
  }

  /** From the first slice to the last, so that finished slices can be read out early. */
  private List<Tile> tiles() {
    List<Tile> tiles = new ArrayList<>();
    for (int z0 : z.starts()) {
      for (int y0 : y.starts()) {
        for (int x0 : x.starts()) {
          tiles.add(new Tile(x0, y0, z0));
        }
      }
    }
    return tiles;
  }

  private float[] logits(List<Tile> tiles) {
    float[] images = images(tiles);
    float[] sum = predict(tiles.size(), images);
    if (mirrored) {
      for (int flips = 1; flips < 4; flips++) {
        boolean alongX = (flips & 1) != 0;
        boolean alongY = (flips & 2) != 0;
        float[] flipped = predict(tiles.size(), mirror(images, alongX, alongY));
        float[] back = mirror(flipped, alongX, alongY);
        for (int i = 0; i < sum.length; i++) {
          sum[i] += back[i];
        }
      }
      for (int i = 0; i < sum.length; i++) {
        sum[i] /= 4;
      }
    }
    return sum;
  }

  private float[] images(List<Tile> tiles) {
    int slices = Math.max(z.tile(), recipe.network().slices());
    int pixels = slices * y.tile() * x.tile();
    float[] images = new float[tiles.size() * pixels];
    for (int i = 0; i < tiles.size(); i++) {
      Tile tile = tiles.get(i);
      var box = new Box(tile.x0(), tile.y0(), x.tile(), y.tile());
      var cut = Cut.of(prepared.geometry(), box, AxialTransform.IDENTITY);
      int first = tile.z0() - (slices - z.tile()) / 2;
      prepared.image(cut, first, slices, images, i * pixels);
    }
    return images;
  }

  private float[] predict(int count, float[] images) {
    boolean solid = recipe.network().dimensions() == 3;
    int[] size = solid ? new int[] {z.tile(), y.tile(), x.tile()} : new int[] {y.tile(), x.tile()};
    var input = new Images(count, recipe.network().slices(), size, images);
    return Objects.requireNonNull(network.predict(input).get(head.name()));
  }

  /** Every plane mirrored; twice the same gives the first again. */
  private float[] mirror(float[] planes, boolean alongX, boolean alongY) {
    int width = x.tile();
    int height = y.tile();
    float[] out = new float[planes.length];
    for (int row = 0; row < planes.length / width; row++) {
      int plane = row / height;
      int from = row % height;
      int to = (plane * height + (alongY ? height - 1 - from : from)) * width;
      for (int i = 0; i < width; i++) {
        out[to + (alongX ? width - 1 - i : i)] = planes[row * width + i];
      }
    }
    return out;
  }
}
