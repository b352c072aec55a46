package org.maskmine.data;

import java.util.random.RandomGenerator;
import org.maskmine.volume.Geometry;
import org.maskmine.volume.Mask;
import org.maskmine.volume.Morphology;

/**
 * Paints lesions into a liver (PAPER section 6): 2–7 of them, log-normal radius around 15 mm,
 * mostly darker than the liver, 8 % brighter, 20 % with a necrotic core.
 */
public final class LesionPainter {
  private static final int SMALLEST_VOXELS = 4;

  private final Geometry grid;
  private final byte[] liver;
  private final int[] core;
  private final double lowest;
  private final double highest;

  /**
   * A painter for one liver.
   *
   * @param liver binary mask
   * @param lowestHu contrast of the darkest lesions against the liver, such as −65
   * @param highestHu contrast of the faintest, such as −20
   */
  public LesionPainter(Mask liver, double lowestHu, double highestHu) {
    this.grid = liver.geometry();
    this.liver = liver.values();
    this.core = set(Morphology.erode(liver, 2).values());
    this.lowest = lowestHu;
    this.highest = highestHu;
  }

  private static int[] set(byte[] mask) {
    return java.util.stream.IntStream.range(0, mask.length).filter(i -> mask[i] != 0).toArray();
  }

  /** A random voxel at least two voxels inside the liver; −1 where there is none. */
  int anchor(RandomGenerator random) {
    return core.length == 0 ? -1 : core[random.nextInt(core.length)];
  }

  /** Distance of every voxel from one of them, in millimetres. */
  static float[] distances(Geometry grid, int centre) {
    var s = grid.spacing();
    int cx = centre % grid.nx();
    int cy = centre / grid.nx() % grid.ny();
    int cz = centre / (grid.nx() * grid.ny());
    float[] out = new float[grid.voxels()];
    for (int z = 0, i = 0; z < grid.nz(); z++) {
      for (int y = 0; y < grid.ny(); y++) {
        for (int x = 0; x < grid.nx(); x++, i++) {
          double dx = (x - cx) * s.xMm();
          double dy = (y - cy) * s.yMm();
          double dz = (z - cz) * s.zMm();
          out[i] = (float) Math.sqrt(dx * dx + dy * dy + dz * dz);
        }
      }
    }
    return out;
  }

  /**
   * Paints lesions.
   *
   * @param image Hounsfield units, written to
   * @param liverHu the liver's own
   * @return a binary mask of the lesions; those of under 4 voxels are left out
   */
  public byte[] paint(RandomGenerator random, float[] image, double liverHu) {
    byte[] lesions = new byte[liver.length];
    int count = random.nextInt(2, 8);
    for (int n = 0; n < count && core.length > 0; n++) {
      double radius = Math.exp(Math.log(15) + 0.45 * random.nextGaussian());
      paintOne(random, image, liverHu, Math.min(36, Math.max(8, radius)), lesions);
    }
    return lesions;
  }

  private void paintOne(
      RandomGenerator random, float[] image, double liverHu, double radiusMm, byte[] lesions) {
    float[] distance = distances(grid, anchor(random));
    float[] bumps = Smoothing.noise(random, grid, 1.5, 3, 3);
    byte[] lesion = new byte[liver.length];
    int voxels = 0;
    for (int i = 0; i < lesion.length; i++) {
      distance[i] = (float) (distance[i] / radiusMm + 0.2 * bumps[i]);
      if (distance[i] < 1 && liver[i] != 0) {
        lesion[i] = 1;
        voxels++;
      }
    }
    if (voxels < SMALLEST_VOXELS) {
      return;
    }
    double contrast =
        random.nextDouble() < 0.92 ? random.nextDouble(lowest, highest) : random.nextDouble(12, 30);
    boolean necrotic = random.nextDouble() < 0.2;
    for (int i = 0; i < lesion.length; i++) {
      if (lesion[i] != 0) {
        boolean inCore = necrotic && distance[i] < 0.5;
        image[i] = (float) (liverHu + contrast - (inCore ? 20 : 0));
        lesions[i] = 1;
      }
    }
  }
}
