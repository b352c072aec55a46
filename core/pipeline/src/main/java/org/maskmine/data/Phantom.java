package org.maskmine.data;

import java.util.SplittableRandom;
import org.maskmine.UserError;
import org.maskmine.volume.Affine;
import org.maskmine.volume.Components;
import org.maskmine.volume.Geometry;
import org.maskmine.volume.Mask;
import org.maskmine.volume.Morphology;
import org.maskmine.volume.Volume;

/**
 * The embedded phantom: abdominal CT drawn from a seed, with what tempts a network to false
 * positives (gallbladder, focal fat, faint vessels, stomach) and to false negatives (small, faint
 * and capsular lesions). See PAPER section 6.
 */
public final class Phantom {
  private static final double FOCAL_FAT_SHARE = 1 / 3.0;

  /** Millimetres across and along the patient, whatever the number of voxels. */
  private static final double WIDTH_MM = 3.6 * 96;

  private static final double LENGTH_MM = 100.0;

  /** Voxels of the grid for which blur, noise and bumps are given below. */
  private static final int SIDE = 64;

  private static final int SLICES = 14;

  /** Where a volume was scanned. */
  public enum Site {
    /** Sharp and quiet. */
    A(new Style(0.55, 13, 0.6, 108, 10, -65, -20, 0)),
    /** Softer and noisier. */
    B(new Style(0.75, 17, 0.8, 108, 10, -65, -20, 0)),
    /** Shifted: other liver, faint lesions, blur, noise and shading. */
    T(new Style(1.0, 24, 0.55, 92, 16, -50, -14, 6));

    private final Style style;

    Site(Style style) {
      this.style = style;
    }

    /** How volumes of this site look. */
    public Style style() {
      return style;
    }
  }

  /** How hard lesions are to see. */
  public enum Difficulty {
    /** Strong contrast, little noise. */
    EASY(1.6, 0.6),
    /** As in PAPER section 6. */
    NORMAL(1, 1),
    /** Faint contrast, more noise. */
    HARD(0.6, 1.3);

    private final double contrast;
    private final double noise;

    Difficulty(double contrast, double noise) {
      this.contrast = contrast;
      this.noise = noise;
    }
  }

  /**
   * What differs from site to site.
   *
   * @param blur standard deviation of the blur in the slice, in voxels
   * @param noiseHu standard deviation of the noise
   * @param correlation of the noise: its standard deviation in voxels
   * @param liverHu mean of the liver over patients
   * @param liverSpreadHu its standard deviation over patients
   * @param lowestLesionHu contrast of the darkest lesions against the liver
   * @param highestLesionHu contrast of the faintest
   * @param shadingHu amplitude of a slow wave across the image
   */
  public record Style(
      double blur,
      double noiseHu,
      double correlation,
      double liverHu,
      double liverSpreadHu,
      double lowestLesionHu,
      double highestLesionHu,
      double shadingHu) {
    /** The same site with lesions that are harder or easier to see. */
    public Style made(Difficulty difficulty) {
      return new Style(
          blur,
          noiseHu * difficulty.noise,
          correlation,
          liverHu,
          liverSpreadHu,
          lowestLesionHu * difficulty.contrast,
          highestLesionHu * difficulty.contrast,
          shadingHu);
    }

    /**
     * Between this style and another.
     *
     * @param share 0 for this style, 1 for the other
     */
    public Style towards(Style other, double share) {
      double rest = 1 - share;
      return new Style(
          rest * blur + share * other.blur,
          rest * noiseHu + share * other.noiseHu,
          rest * correlation + share * other.correlation,
          rest * liverHu + share * other.liverHu,
          rest * liverSpreadHu + share * other.liverSpreadHu,
          rest * lowestLesionHu + share * other.lowestLesionHu,
          rest * highestLesionHu + share * other.highestLesionHu,
          rest * shadingHu + share * other.shadingHu);
    }
  }

  /**
   * How many volumes of which kind, from which seed.
   *
   * @param seed each seed has volumes of its own
   * @param training cases, from sites A and B in turn
   * @param validation cases, from sites A and B in turn
   * @param test cases, shifted towards site T
   * @param side voxels along x and along y
   * @param slices voxels along z
   * @param difficulty how hard lesions are to see
   * @param siteShift of the test cases: 0 for sites A and B, 1 for site T
   */
  public record Options(
      long seed,
      int training,
      int validation,
      int test,
      int side,
      int slices,
      Difficulty difficulty,
      double siteShift) {
    /** Checks counts, size and shift. */
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
      if (side < 32 || side > 256 || slices < 8 || slices > 64) {
        throw new UserError(
            "phantom of "
                + side
                + "×"
                + side
                + "×"
                + slices
                + " voxels: has 32 to 256 along x and y and 8 to 64 slices; try size(96, 20)");
      }
      if (!(siteShift >= 0 && siteShift <= 1)) {
        throw new UserError(
            "shift(" + siteShift + "): must be 0, no shift, to 1, site T; try shift(0.5)");
      }
    }

    /** Volumes of 64×64×14 voxels of normal difficulty, the test cases from site T. */
    public Options(long seed, int training, int validation, int test) {
      this(seed, training, validation, test, SIDE, SLICES, Difficulty.NORMAL, 1);
    }

    /**
     * 64 training, 24 validation and 12 test cases: so many that errors on the training cases
     * resemble those on new ones, which is what mining lives on.
     */
    public static Options ofSeed(long seed) {
      return new Options(seed, 64, 24, 12);
    }

    /** The same with other counts. */
    public Options cases(int training, int validation, int test) {
      return new Options(seed, training, validation, test, side, slices, difficulty, siteShift);
    }

    /** The same with other voxels. */
    public Options size(int side, int slices) {
      return new Options(seed, training, validation, test, side, slices, difficulty, siteShift);
    }

    /** The same with lesions that are harder or easier to see. */
    public Options difficulty(Difficulty difficulty) {
      return new Options(seed, training, validation, test, side, slices, difficulty, siteShift);
    }

    /** The same with another shift of the test cases. */
    public Options siteShift(double siteShift) {
      return new Options(seed, training, validation, test, side, slices, difficulty, siteShift);
    }

    /** Every setting as a folder is called. */
    String folder() {
      String kind =
          side == SIDE && slices == SLICES && difficulty == Difficulty.NORMAL && siteShift == 1
              ? ""
              : "-%dx%d-%s-shift-%s".formatted(side, slices, difficulty, siteShift);
      return "seed-%d-%d-%d-%d".formatted(seed, training, validation, test)
          + kind.toLowerCase(java.util.Locale.ROOT);
    }

    /** The n-th of all cases. */
    Drawn draw(int n) {
      Style site = (n % 2 == 0 ? Site.A : Site.B).style();
      boolean shifted = n >= training + validation;
      Style style = shifted ? site.towards(Site.T.style(), siteShift) : site;
      return new Phantom(seed * 100_003 + n, style.made(difficulty), side, slices).draw();
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
  private final Style style;
  private final Geometry grid;

  /** Voxels per voxel of the usual grid, in the slice and across. */
  private final double fine;

  private final double fineZ;
  private final float[] hu;
  private final byte[] inner;
  private final byte[] anatomy;

  private Phantom(long seed, Style style, int side, int slices) {
    this.random = new SplittableRandom(seed);
    this.style = style;
    this.grid = grid(side, slices);
    this.fine = (double) side / SIDE;
    this.fineZ = (double) slices / SLICES;
    this.hu = new float[grid.voxels()];
    this.inner = new byte[grid.voxels()];
    this.anatomy = new byte[grid.voxels()];
  }

  /** The patient lies as in most scans: voxels run to the left, to posterior, and to the head. */
  private static Geometry grid(int side, int slices) {
    double mm = WIDTH_MM / side;
    return new Geometry(
        side, side, slices, new Affine(-mm, 0, 0, 0, 0, -mm, 0, 0, 0, 0, LENGTH_MM / slices, 0));
  }

  /** Draws one volume of the usual size; the same seed and site give the same voxels. */
  public static Drawn draw(long seed, Site site) {
    return new Phantom(seed, site.style(), SIDE, SLICES).draw();
  }

  /** A smooth random field whose bumps are as large in every grid. */
  private float[] noise(double sigmaZ, double sigma) {
    return Smoothing.noise(random, grid, sigmaZ * fineZ, sigma * fine, sigma * fine);
  }

  private Drawn draw() {
    double bodyHeight = body();
    double liverHu = normal(style.liverHu(), style.liverSpreadHu());
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
        new Volume(grid, rounded(hu)), labels(liver, lesions), new Mask(grid, anatomy));
  }

  /** Air, fat rim, muscle and pockets of fat; returns the body's half height in millimetres. */
  private double body() {
    double halfWidth = uniform(140, 165);
    double halfHeight = uniform(100, 120);
    double innerWidth = halfWidth - uniform(12, 25);
    double innerHeight = halfHeight - uniform(12, 22);
    double fat = normal(-100, 6);
    double muscle = normal(52, 4);
    float[] pockets = noise(2, 5);
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
    byte[] pelvis = Morphology.erode(new Mask(grid, kidney), (int) Math.round(3 * fine)).values();
    paint(pelvis, normal(30, 8));
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
    return Components.largest(new Mask(grid, both)).values();
  }

  private void liver(byte[] liver, double liverHu) {
    float[] texture = noise(2, 4);
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
      byte[] vein =
          Morphology.dilate(new Mask(grid, walk(inside)), Math.max(1, (int) Math.round(fine)))
              .values();
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
    int side = grid.nx();
    double[] p = {start / (side * side), start / side % side, start % side};
    double[] step = {0.7 * fineZ, fine, fine};
    double[] d = direction(new double[3], 1);
    for (int n = 0; n < 30; n++) {
      int z = (int) Math.rint(p[0]);
      int y = (int) Math.rint(p[1]);
      int x = (int) Math.rint(p[2]);
      if (z < 0 || y < 0 || x < 0 || z >= grid.nz() || y >= side || x >= side) {
        break;
      }
      path[grid.index(x, y, z)] = 1;
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
    var painter =
        new LesionPainter(new Mask(grid, liver), style.lowestLesionHu(), style.highestLesionHu());
    byte[] lesions = painter.paint(random, hu, liverHu);
    if (random.nextDouble() < 0.5) {
      int centre = painter.anchor(random);
      if (centre >= 0) {
        float[] distance = LesionPainter.distances(grid, centre);
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
    Smoothing.gaussian(hu, grid, 0.35, style.blur(), style.blur());
    float[] noise = Smoothing.noise(random, grid, 0, style.correlation(), style.correlation());
    double phase = uniform(0, 6);
    each(
        (i, x, y, z) -> {
          hu[i] += (float) (style.noiseHu() * noise[i]);
          hu[i] += (float) (style.shadingHu() * Math.sin(x / 60 + phase));
        });
  }

  private static float[] rounded(float[] hu) {
    float[] out = new float[hu.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = Math.max(-1024, Math.round(hu[i]));
    }
    return out;
  }

  private Mask labels(byte[] liver, byte[] lesions) {
    byte[] labels = new byte[liver.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (byte) (lesions[i] != 0 ? 2 : liver[i]);
    }
    return new Mask(grid, labels);
  }

  /** An ellipsoid around a point in millimetres from the middle, with a bumpy surface. */
  private byte[] ellipsoid(
      double cx, double cy, double cz, double a, double b, double c, double bumps) {
    float[] noise = noise(3, 8);
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

  private void each(AtVoxel voxel) {
    double mm = WIDTH_MM / grid.nx();
    double mmZ = LENGTH_MM / grid.nz();
    for (int z = 0, i = 0; z < grid.nz(); z++) {
      for (int y = 0; y < grid.ny(); y++) {
        for (int x = 0; x < grid.nx(); x++, i++) {
          voxel.at(
              i,
              (x - grid.nx() / 2.0) * mm,
              (y - grid.ny() / 2.0) * mm,
              (z - grid.nz() / 2.0) * mmZ);
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
