package org.maskmine.data;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.maskmine.UserError;
import org.maskmine.volume.Geometry;
import org.maskmine.volume.Mask;

/** A labelled case as networks see it: HU scaled to [0, 1], binary truths and pixel weights. */
public final class PreparedCase {
  private final String id;
  private final Geometry geometry;
  private final float[] image;
  private final Map<Structure, byte[]> truths = new EnumMap<>(Structure.class);
  private final Map<Structure, float[]> weights = new EnumMap<>(Structure.class);

  private PreparedCase(Case c, double lowHu, double highHu) {
    this.id = c.id();
    this.geometry = c.geometry();
    this.image = scaled(c.image().values(), (float) lowHu, (float) highHu);
    for (Structure s : Structure.values()) {
      truths.put(
          s,
          c.truth(s)
              .map(Mask::values)
              .orElseThrow(
                  () ->
                      new UserError(
                          "case "
                              + c.id()
                              + ": has no labels to compare with; add its segmentation")));
    }
  }

  /**
   * Prepares a case.
   *
   * @param lowHu becomes 0, as everything below
   * @param highHu becomes 1, as everything above
   * @throws UserError where the case has no labels
   */
  public static PreparedCase of(Case c, double lowHu, double highHu) {
    return new PreparedCase(c, lowHu, highHu);
  }

  private static float[] scaled(float[] hu, float low, float high) {
    float[] out = new float[hu.length];
    for (int i = 0; i < out.length; i++) {
      // Written so that NaN, which some converters leave outside the field of view, becomes 0.
      out[i] = hu[i] > low ? Math.min(1, (hu[i] - low) / (high - low)) : 0;
    }
    return out;
  }

  /** The case's name within its data set. */
  public String id() {
    return id;
  }

  /** The case's grid. */
  public Geometry geometry() {
    return geometry;
  }

  /** Binary truth, one byte per voxel; not to be written to. */
  public byte[] truth(Structure structure) {
    return Objects.requireNonNull(truths.get(structure));
  }

  /**
   * w of the pixel-weighted cross-entropy, per voxel; see {@link WeightMap}. Made when first asked
   * for.
   */
  public synchronized float[] pixelWeights(Structure structure) {
    return weights.computeIfAbsent(
        structure, s -> WeightMap.slices(truth(s), geometry.nx(), geometry.ny()));
  }

  /**
   * Copies a slice and its neighbours: float32 [slice, y, x]. Slices beyond the ends are mirrored
   * at the end slice; voxels beyond the grid are 0.
   *
   * @param z the middle slice
   * @param slices how many, odd
   */
  public void stack(int z, int slices, Box box, float[] out, int offset) {
    for (int s = 0; s < slices; s++) {
      crop(image, mirrored(z + s - slices / 2), box, out, offset + s * box.width() * box.height());
    }
  }

  private int mirrored(int z) {
    int last = geometry.nz() - 1;
    int inside = z < 0 ? -z : z > last ? 2 * last - z : z;
    return Math.min(Math.max(inside, 0), last);
  }

  /** Copies part of a slice of one float per voxel, [y, x]; voxels beyond the grid are 0. */
  public void crop(float[] voxels, int z, Box box, float[] out, int offset) {
    Arrays.fill(out, offset, offset + box.width() * box.height(), 0);
    eachRow(
        box,
        (y, x, length, to) ->
            System.arraycopy(voxels, geometry.index(x, y, z), out, offset + to, length));
  }

  /**
   * Copies part of a slice of one byte per voxel, [y, x].
   *
   * @param beyond value of voxels beyond the grid
   */
  public void crop(byte[] voxels, int z, Box box, byte beyond, byte[] out, int offset) {
    Arrays.fill(out, offset, offset + box.width() * box.height(), beyond);
    eachRow(
        box,
        (y, x, length, to) ->
            System.arraycopy(voxels, geometry.index(x, y, z), out, offset + to, length));
  }

  private interface Row {
    void copy(int y, int x, int length, int to);
  }

  private void eachRow(Box box, Row row) {
    int x = Math.max(0, box.x0());
    int length = Math.min(geometry.nx(), box.x0() + box.width()) - x;
    if (length <= 0) {
      return;
    }
    for (int y = Math.max(0, box.y0()); y < Math.min(geometry.ny(), box.y0() + box.height()); y++) {
      row.copy(y, x, length, (y - box.y0()) * box.width() + x - box.x0());
    }
  }
}
