package org.maskmine.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ShortBuffer;
import java.nio.channels.FileChannel;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.maskmine.UserError;
import org.maskmine.volume.Geometry;
import org.maskmine.volume.Mask;

/**
 * A case as networks see it: HU in a window, scaled to [0, 1] in 65,500 steps or so (whole
 * Hounsfield units stay exact), with binary truths and pixel weights where it is labelled. Its
 * arrays lie in memory, or in the files of a {@link PreparedCache}. Safe to use from several
 * threads.
 */
public final class PreparedCase {
  private static final int STEPS = 0xffff;

  private final String id;
  private final Geometry geometry;
  private final HuWindow window;
  private final int dimensions;
  private final PreparedArrays arrays;
  private final Map<Structure, ShortBuffer> weights = new EnumMap<>(Structure.class);

  PreparedCase(Case c, HuWindow window, int dimensions, PreparedArrays arrays) {
    this.id = c.id();
    this.geometry = c.geometry();
    this.window = window;
    this.dimensions = dimensions;
    this.arrays = arrays;
  }

  /**
   * Prepares a case in memory.
   *
   * @param dimensions of the networks, 2 or 3, which decide the pixel weights
   */
  public static PreparedCase of(Case c, HuWindow window, int dimensions) {
    var arrays = PreparedArrays.allocate(c.geometry(), c.isLabelled());
    var prepared = new PreparedCase(c, window, dimensions, arrays);
    prepared.fill(c);
    return prepared;
  }

  /** Fills image, labels and counts; zeros, which new arrays hold, are left alone. */
  private void fill(Case c) {
    float[] hu = c.image().values();
    int n = geometry.nx() * geometry.ny();
    IntStream.range(0, geometry.nz())
        .parallel()
        .forEach(
            z -> {
              short[] codes = new short[n];
              if (encode(hu, z * n, codes)) {
                arrays.image().put(z * n, codes, 0, n);
              }
            });
    c.labels().ifPresent(this::fillLabels);
  }

  /** False where everything is zero. */
  private boolean encode(float[] hu, int from, short[] codes) {
    float low = (float) window.low();
    float range = (float) window.high() - low;
    int steps = steps();
    boolean any = false;
    for (int i = 0; i < codes.length; i++) {
      // Written so that NaN, which some converters leave outside the field of view, becomes 0.
      float v = hu[from + i] > low ? Math.min(1, (hu[from + i] - low) / range) : 0;
      codes[i] = (short) Math.round(v * steps);
      any |= codes[i] != 0;
    }
    return any;
  }

  /** As many steps as 16 bits hold, a multiple of the window's Hounsfield units if possible. */
  private int steps() {
    double range = window.high() - window.low();
    return range == Math.rint(range) && range <= STEPS ? STEPS / (int) range * (int) range : STEPS;
  }

  private void fillLabels(Mask labels) {
    byte[] values = labels.values();
    int n = geometry.nx() * geometry.ny();
    for (int z = 0; z < geometry.nz(); z++) {
      arrays.labels().put(z * n, values, z * n, n);
      for (Structure s : Structure.values()) {
        int voxels = 0;
        for (int i = z * n; i < (z + 1) * n; i++) {
          voxels += s.holds(values[i]) ? 1 : 0;
        }
        arrays.counts().put(countAt(s, z), voxels);
      }
    }
  }

  private int countAt(Structure structure, int z) {
    return structure.ordinal() * geometry.nz() + z;
  }

  /** Writes all arrays, the weights one after the other: each is as large as the image. */
  void write(FileChannel file) throws IOException {
    requireLabels();
    for (Structure s : Structure.values()) {
      PreparedArrays.writeWeights(file, s, makeWeights(s), geometry);
    }
    arrays.write(file, geometry);
  }

  private ShortBuffer makeWeights(Structure structure) {
    ShortBuffer codes = ShortBuffer.allocate(geometry.voxels());
    var map = WeightMap.of(structure, dimensions);
    if (dimensions == 2) {
      IntStream.range(0, geometry.nz())
          .parallel()
          .forEach(z -> fillWeights(structure, map, z, z, codes));
    } else {
      fillWeights(structure, map, 0, geometry.nz() - 1, codes);
    }
    return codes;
  }

  /** Weighs the smallest block that holds the structure and everything near it. */
  private void fillWeights(
      Structure structure, WeightMap map, int firstSlice, int lastSlice, ShortBuffer codes) {
    Block block = Block.around(this, structure, firstSlice, lastSlice, map.reach());
    if (block == null) {
      return;
    }
    float[] found = map.weights(block.copy(this, structure), block.nx(), block.ny(), block.nz());
    short[] row = new short[block.nx()];
    for (int z = 0, i = 0; z < block.nz(); z++) {
      for (int y = 0; y < block.ny(); y++) {
        for (int x = 0; x < row.length; x++) {
          row[x] = map.code(found[i++]);
        }
        int at = geometry.index(block.x0(), block.y0() + y, block.z0() + z);
        codes.put(at, row, 0, row.length);
      }
    }
  }

  /** The case's name within its data set. */
  public String id() {
    return id;
  }

  /** The case's grid. */
  public Geometry geometry() {
    return geometry;
  }

  /**
   * Binary truth of the whole case, one byte per voxel, made anew at each call.
   *
   * @throws UserError where the case has no labels
   */
  public byte[] truth(Structure structure) {
    byte[] out = labels(0, geometry.voxels());
    for (int i = 0; i < out.length; i++) {
      out[i] = (byte) (structure.holds(out[i]) ? 1 : 0);
    }
    return out;
  }

  /** Binary truth of one slice, as {@link #truth(Structure)}. */
  public byte[] truth(Structure structure, int z) {
    int n = geometry.nx() * geometry.ny();
    byte[] out = labels(z * n, n);
    for (int i = 0; i < n; i++) {
      out[i] = (byte) (structure.holds(out[i]) ? 1 : 0);
    }
    return out;
  }

  private byte[] labels(int from, int count) {
    if (arrays.labels().capacity() == 0) {
      throw new UserError("case " + id + ": has no labels to compare with; add its segmentation");
    }
    byte[] out = new byte[count];
    arrays.labels().get(from, out, 0, count);
    return out;
  }

  private void requireLabels() {
    if (arrays.labels().capacity() == 0) {
      throw new UserError("case " + id + ": has no labels to compare with; add its segmentation");
    }
  }

  /** Voxels of a structure in a slice; 0 where the case has no labels. */
  public int voxels(Structure structure, int z) {
    return arrays.counts().get(countAt(structure, z));
  }

  /** The smallest rectangle that holds a structure in every slice; empty where there is none. */
  public Optional<Box> box(Structure structure) {
    return Optional.ofNullable(Block.around(this, structure, 0, geometry.nz() - 1, 0))
        .map(b -> new Box(b.x0(), b.y0(), b.nx(), b.ny()));
  }

  /**
   * Reads a patch of the image: float32 [slice, y, x], linear between voxels. Slices beyond the
   * ends are mirrored at the end slice; voxels beyond the grid are as air.
   *
   * @param firstSlice may lie before the first
   * @param slices how many
   */
  public void image(Cut cut, int firstSlice, int slices, float[] out, int offset) {
    for (int s = 0; s < slices; s++) {
      cut.linear(arrays.image(), mirrored(firstSlice + s), out, offset + s * cut.pixels());
    }
    float zero = (float) (window.mean() * steps());
    float one = (float) (window.deviation() * steps());
    for (int i = offset; i < offset + slices * cut.pixels(); i++) {
      out[i] = (out[i] - zero) / one;
    }
  }

  /**
   * Reads a patch of w of the pixel-weighted cross-entropy, [slice, y, x]; see {@link WeightMap}.
   * Slices beyond the ends are mirrored as the image's; beyond the grid w is as far from the
   * structure.
   */
  public void pixelWeights(
      Structure structure, Cut cut, int firstSlice, int slices, float[] out, int offset) {
    ShortBuffer codes = weights(structure);
    for (int s = 0; s < slices; s++) {
      cut.nearest(codes, mirrored(firstSlice + s), out, offset + s * cut.pixels());
    }
    var map = WeightMap.of(structure, dimensions);
    for (int i = offset; i < offset + slices * cut.pixels(); i++) {
      out[i] = map.weight(out[i]);
    }
  }

  private synchronized ShortBuffer weights(Structure structure) {
    ShortBuffer stored = arrays.weights()[structure.ordinal()];
    return stored != null ? stored : weights.computeIfAbsent(structure, this::makeWeights);
  }

  /**
   * Reads a patch of one byte per voxel of this case, [slice, y, x], at the nearest voxels. Slices
   * beyond the ends are mirrored as the image's.
   *
   * @param beyond value of voxels beyond the grid
   */
  public void bytes(
      ByteBuffer voxels, byte beyond, Cut cut, int firstSlice, int slices, byte[] out, int offset) {
    for (int s = 0; s < slices; s++) {
      cut.nearest(voxels, mirrored(firstSlice + s), beyond, out, offset + s * cut.pixels());
    }
  }

  private int mirrored(int z) {
    int last = geometry.nz() - 1;
    int inside = z < 0 ? -z : z > last ? 2 * last - z : z;
    return Math.min(Math.max(inside, 0), last);
  }
}
