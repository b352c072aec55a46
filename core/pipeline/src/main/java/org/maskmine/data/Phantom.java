package org.maskmine.data;

import java.util.SplittableRandom;
import org.maskmine.UserError;
import org.maskmine.volume.Affine;
import org.maskmine.volume.Components;
import org.maskmine.volume.Geometry;
import org.maskmine.volume.Mask;
import org.maskmine.volume.Morphology;
import org.maskmine.volume.Spacing;
import org.maskmine.volume.Volume;

/**
 * The embedded phantom: abdominal CT drawn from a seed, with what tempts a network to false
 * positives (gallbladder, focal fat, faint vessels, stomach) and to false negatives (small, faint
 * and capsular lesions). See PAPER section 6.
 */
public final class Phantom {
  private static final int SIDE = 64;
  private static final int SLICES = 14;
  private static final double FOCAL_FAT_SHARE = 1 / 3.0;
  private static final Spacing SPACING =
      new Spacing(3.6 * 96 / SIDE, 3.6 * 96 / SIDE, 100.0 / SLICES);

  /** The patient lies as in most scans: voxels run to the left, to posterior, and to the head. */
  private static final Geometry GRID =
      new Geometry(
          SIDE,
          SIDE,
          SLICES,
          new Affine(-SPACING.xMm(), 0, 0, 0, 0, -SPACING.yMm(), 0, 0, 0, 0, SPACING.zMm(), 0));

  /** Where a volume was scanned. */
  public enum Site {
    /** Sharp and quiet. */
    A(0.55, 13, 0.6),
    /** Softer and noisier. */
    B(0.75, 17, 0.8),
    /** Shifted: other liver, faint lesions, blur, noise and shading. */
    T(1.0, 24, 0.55);

    private final double blur;
    private final double noiseHu;
    private final double correlation;

    Site(double blur, double noiseHu, double correlation) {
      this.blur = blur;
      this.noiseHu = noiseHu;
      this.correlation = correlation;
    }
  }

  /**
   * How many volumes, from which seed.
   *
   * @param seed each seed has volumes of its own
   * @param training cases, from sites A and B in turn
   * @param validation cases, from sites A and B in turn
   * @param test cases, from the shifted site T
   */
  public record Options(long seed, int training, int validation, int test) {
    /** Checks the counts. */
    public Options {
      if (training < 1 || validation < 1 || test < 0 || training + validation + test > 1000) {
        throw new UserError(
            "phantom of "
                + training
                + " training, "
                + validation
                + " validation and "
                + test
                + " test cases: needs at least one training and one validation case and at most"
                + " 1000 together");
      }
    }

    /**
     * 64 training, 24 validation and 12 test cases: so many that errors on the training cases
     * resemble those on new ones, which is what mining lives on.
     */
    public static Options ofSeed(long seed) {
      return new Options(seed, 64, 24, 12);
    }
  }

  /**
   * One volume in memory.
   *
   * @param image whole Hounsfield units
   * @param labels 0 background, 1 liver, 2 lesion
   * @param anatomy what lies where: numbers of {@link Anatomy}
   */
  public record Drawn(Volume image, Mask labels, Mask anatomy) {}

  private final SplittableRandom random;
  private final Site site;
  private final float[] hu = new float[GRID.voxels()];
  private final byte[] inner = new byte[GRID.voxels()];
  private final byte[] anatomy = new byte[GRID.voxels()];

  private Phantom(long seed, Site site) {
    this.random = new SplittableRandom(seed);
    this.site = site;
  }

  /** Draws one volume; the same seed and site give the same voxels. */
  public static Drawn draw(long seed, Site site) {
    return new Phantom(seed, site).draw();
  }

  private Drawn draw() {
    double bodyHeight = body();
    double liverHu = normal(site == Site.T ? 92 : 108, site == Site.T ? 16 : 10);
    byte[] spine = ellipsoid(0, bodyHeight * 0.62, 0, 24, 22, 999, 0.05);
    paint(spine, normal(220, 30));
    byte[] aorta = ellipsoid(14, bodyHeight * 0.30, 0, 11, 11, 999, 0.03);
    byte[] cava = ellipsoid(-22, bodyHeight * 0.25, 0, 13, 10, 999, 0.05);
    double vesselHu = liverHu + normal(45, 10);
    paint(aorta, vesselHu + 10);
    mark(aorta, Anatomy.GREAT_VESSEL);
    paint(cava, vesselHu - 10);
    mark(cava, Anatomy.GREAT_VESSEL);
    byte[] stomach =
        ellipsoid(uniform(45, 65), uniform(-45, -25), uniform(-10, 15), 38, 28, 40, 0.18);
    paint(and(stomach, inner), uniform(5, 45));
    mark(and(stomach, inner), Anatomy.STOMACH);
    byte[] spleen = ellipsoid(uniform(88, 102), uniform(15, 35), uniform(-5, 15), 26, 40, 40, 0.18);
    paint(and(spleen, inner), liverHu + normal(8, 6));
    mark(and(spleen, inner), Anatomy.SPLEEN);
    kidney(-1, liverHu);
    kidney(1, liverHu);
    byte[] liver = liver(spine, aorta, stomach);
    liver(liver, liverHu);
    gallbladder(liver);
    vessels(liver);
    byte[] lesions = lesions(liver, liverHu);
    scan();
    return new Drawn(
        new Volume(GRID, rounded(hu)), labels(liver, lesions), new Mask(GRID, anatomy));
  }

  /** Air, fat rim, muscle and pockets of fat; returns the body's half height in millimetres. */
  private double body() {
    double halfWidth = uniform(140, 165);
    double halfHeight = uniform(100, 120);
    double innerWidth = halfWidth - uniform(12, 25);
    double innerHeight = halfHeight - uniform(12, 22);
    double fat = normal(-100, 6);
    double muscle = normal(52, 4);
    float[] pockets = Smoothing.noise(random, GRID, 2, 5, 5);
    each(
        (i, x, y, z) -> {
          boolean inBody = square(x / halfWidth) + square(y / halfHeight) < 1;
          inner[i] = (byte) (square(x / innerWidth) + square(y / innerHeight) < 1 ? 1 : 0);
          hu[i] = (float) (inner[i] != 0 ? pockets[i] > 0.7 ? -95 : muscle : inBody ? fat : -1000);
        });
    return halfHeight;
  }

  private void kidney(int side, double liverHu) {
    byte[] kidney =
        and(
            ellipsoid(side * uniform(58, 70), uniform(48, 60), uniform(-45, -20), 22, 26, 45, 0.1),
            inner);
    paint(kidney, liverHu + normal(60, 15));
    mark(kidney, Anatomy.KIDNEY);
    paint(Morphology.erode(new Mask(GRID, kidney), 3).values(), normal(30, 8));
  }

  private byte[] liver(byte[] spine, byte[] aorta, byte[] stomach) {
    byte[] right =
        ellipsoid(
            uniform(-70, -58),
            uniform(-12, 2),
            uniform(-5, 8),
            uniform(62, 74),
            uniform(58, 70),
            uniform(42, 50),
            0.22);
    byte[] left =
        ellipsoid(uniform(-15, 0), uniform(-50, -38), uniform(5, 15), uniform(38, 52), 24, 30, 0.2);
    byte[] both = new byte[hu.length];
    for (int i = 0; i < both.length; i++) {
      boolean free = spine[i] == 0 && aorta[i] == 0 && stomach[i] == 0;
      both[i] = (byte) ((right[i] != 0 || left[i] != 0) && inner[i] != 0 && free ? 1 : 0);
    }
    return Components.largest(new Mask(GRID, both)).values();
  }

  private void liver(byte[] liver, double liverHu) {
    float[] texture = Smoothing.noise(random, GRID, 2, 4, 4);
    for (int i = 0; i < hu.length; i++) {
      if (liver[i] != 0) {
        hu[i] = (float) (liverHu + 4 * texture[i]);
      }
    }
    mark(liver, Anatomy.OTHER);
  }

  private void gallbladder(byte[] liver) {
    byte[] bladder =
        and(ellipsoid(uniform(-45, -30), uniform(-30, -18), -18, 14, 18, 20, 0.08), inner);
    paint(bladder, normal(10, 4));
    mark(bladder, Anatomy.GALLBLADDER);
    for (int i = 0; i < liver.length; i++) {
      liver[i] &= (byte) (1 - bladder[i]);
    }
  }

  /** Veins as dilated random walks, brighter than the liver. */
  private void vessels(byte[] liver) {
    int[] inside =
        java.util.stream.IntStream.range(0, liver.length).filter(i -> liver[i] != 0).toArray();
    int count = random.nextInt(2, 5);
    for (int n = 0; n < count && inside.length > 0; n++) {
      byte[] vein = Morphology.dilate(new Mask(GRID, walk(inside)), 1).values();
      double brighter = uniform(15, 45);
      for (int i = 0; i < hu.length; i++) {
        if (vein[i] != 0 && liver[i] != 0) {
          hu[i] += (float) brighter;
          anatomy[i] = (byte) Anatomy.VESSEL.ordinal();
        }
      }
    }
  }

  private byte[] walk(int[] inside) {
    byte[] path = new byte[hu.length];
    int start = inside[random.nextInt(inside.length)];
    double[] p = {start / (SIDE * SIDE), start / SIDE % SIDE, start % SIDE};
    double[] step = {0.7, 1, 1};
    double[] d = direction(new double[3], 1);
    for (int n = 0; n < 30; n++) {
      int z = (int) Math.rint(p[0]);
      int y = (int) Math.rint(p[1]);
      int x = (int) Math.rint(p[2]);
      if (z < 0 || y < 0 || x < 0 || z >= SLICES || y >= SIDE || x >= SIDE) {
        break;
      }
      path[GRID.index(x, y, z)] = 1;
      d = direction(d, 0.35);
      for (int a = 0; a < 3; a++) {
        p[a] += d[a] * step[a];
      }
    }
    return path;
  }

  private double[] direction(double[] before, double turn) {
    double[] d = new double[3];
    double norm = 0;
    for (int a = 0; a < 3; a++) {
      d[a] = before[a] + turn * random.nextGaussian();
      norm += d[a] * d[a];
    }
    for (int a = 0; a < 3; a++) {
      d[a] /= Math.sqrt(norm);
    }
    return d;
  }

  /** Lesions, and in half of the volumes focal fat: darker, but no lesion. */
  private byte[] lesions(byte[] liver, double liverHu) {
    boolean faint = site == Site.T;
    var painter = new LesionPainter(new Mask(GRID, liver), faint ? -50 : -65, faint ? -14 : -20);
    byte[] lesions = painter.paint(random, hu, liverHu);
    if (random.nextDouble() < 0.5) {
      int centre = painter.anchor(random);
      if (centre >= 0) {
        float[] distance = LesionPainter.distances(GRID, centre);
        for (int i = 0; i < hu.length; i++) {
          if (liver[i] != 0) {
            double share = Math.exp(-square(distance[i]) / (2 * 14.0 * 14.0));
            hu[i] -= (float) (18 * share);
            if (share > FOCAL_FAT_SHARE) {
              anatomy[i] = (byte) Anatomy.FOCAL_FAT.ordinal();
            }
          }
        }
      }
    }
    return lesions;
  }

  /** Blur, correlated noise and, on the shifted site, shading. */
  private void scan() {
    Smoothing.gaussian(hu, GRID, 0.35, site.blur, site.blur);
    float[] noise = Smoothing.noise(random, GRID, 0, site.correlation, site.correlation);
    double phase = uniform(0, 6);
    each(
        (i, x, y, z) -> {
          hu[i] += (float) (site.noiseHu * noise[i]);
          if (site == Site.T) {
            hu[i] += (float) (6 * Math.sin(x / 60 + phase));
          }
        });
  }

  private static float[] rounded(float[] hu) {
    float[] out = new float[hu.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = Math.max(-1024, Math.round(hu[i]));
    }
    return out;
  }

  private static Mask labels(byte[] liver, byte[] lesions) {
    byte[] labels = new byte[liver.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (byte) (lesions[i] != 0 ? 2 : liver[i]);
    }
    return new Mask(GRID, labels);
  }

  /** An ellipsoid around a point in millimetres from the middle, with a bumpy surface. */
  private byte[] ellipsoid(
      double cx, double cy, double cz, double a, double b, double c, double bumps) {
    float[] noise = Smoothing.noise(random, GRID, 3, 8, 8);
    byte[] out = new byte[hu.length];
    each(
        (i, x, y, z) -> {
          double d = Math.sqrt(square((x - cx) / a) + square((y - cy) / b) + square((z - cz) / c));
          out[i] = (byte) (d + bumps * noise[i] < 1 ? 1 : 0);
        });
    return out;
  }

  private interface AtVoxel {
    void at(int i, double xMm, double yMm, double zMm);
  }

  private static void each(AtVoxel voxel) {
    for (int z = 0, i = 0; z < SLICES; z++) {
      for (int y = 0; y < SIDE; y++) {
        for (int x = 0; x < SIDE; x++, i++) {
          voxel.at(
              i,
              (x - SIDE / 2.0) * SPACING.xMm(),
              (y - SIDE / 2.0) * SPACING.yMm(),
              (z - SLICES / 2.0) * SPACING.zMm());
        }
      }
    }
  }

  private void paint(byte[] mask, double value) {
    for (int i = 0; i < hu.length; i++) {
      if (mask[i] != 0) {
        hu[i] = (float) value;
      }
    }
  }

  private void mark(byte[] mask, Anatomy part) {
    for (int i = 0; i < mask.length; i++) {
      if (mask[i] != 0) {
        anatomy[i] = (byte) part.ordinal();
      }
    }
  }

  private static byte[] and(byte[] a, byte[] b) {
    byte[] out = new byte[a.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (byte) (a[i] & b[i]);
    }
    return out;
  }

  private double uniform(double low, double high) {
    return random.nextDouble(low, high);
  }

  private double normal(double mean, double deviation) {
    return mean + deviation * random.nextGaussian();
  }

  private static double square(double v) {
    return v * v;
  }
}
