package org.maskmine.training;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.maskmine.data.Box;
import org.maskmine.data.Cut;
import org.maskmine.data.PreparedCase;
import org.maskmine.data.Structure;
import org.maskmine.engine.Batch;
import org.maskmine.engine.Images;
import org.maskmine.engine.Loss;
import org.maskmine.engine.Target;

/**
 * Draws the batches of one stage: half of the patches around a foreground voxel (or a mined error,
 * see {@link Emphasis}), the others around a voxel of slices without foreground, each changed at
 * random (PAPER sections 3.1 and 3.2). Patches of a lesion network stay within the box of the liver
 * where they fit, and hold it where they are larger: what lies far from the liver is never
 * predicted and would only take the network's attention.
 *
 * <p>A batch depends on seed, epoch and step alone, so a training can go on from any epoch.
 */
final class SliceSampler {
  /** Membership of the error class FP, and of FN: bits 1 and 2. */
  private static final byte FP = 2;

  private static final byte FN = 4;

  private record Slice(int caseIndex, int z) {}

  private final StageRecipe recipe;
  private final long seed;
  private final List<PreparedCase> cases;
  private final Map<Structure, List<ByteBuffer>> memberships;
  private final List<ErrorSlices> errors;
  private final List<Box> regions;
  private final List<Slice> foreground = new ArrayList<>();
  private final List<Slice> background = new ArrayList<>();

  /**
   * @param memberships per structure and case, what each voxel's class is, as {@link
   *     Target#membership()}
   * @param errors per case where patches are drawn around errors; else none
   */
  SliceSampler(
      StageRecipe recipe,
      long seed,
      List<PreparedCase> cases,
      Map<Structure, List<ByteBuffer>> memberships,
      List<ErrorSlices> errors) {
    this.recipe = recipe;
    this.seed = seed;
    this.cases = cases;
    this.memberships = memberships;
    this.errors = errors;
    this.regions = cases.stream().map(this::region).toList();
    for (int c = 0; c < cases.size(); c++) {
      sortSlices(c);
    }
  }

  private void sortSlices(int c) {
    PreparedCase prepared = cases.get(c);
    for (int z = 0; z < prepared.geometry().nz(); z++) {
      if (prepared.voxels(recipe.structure(), z) > 0) {
        foreground.add(new Slice(c, z));
      } else if (recipe.segments(Structure.LIVER) || prepared.voxels(Structure.LIVER, z) > 0) {
        background.add(new Slice(c, z));
      }
    }
  }

  private Box region(PreparedCase prepared) {
    var whole = new Box(0, 0, prepared.geometry().nx(), prepared.geometry().ny());
    return recipe.segments(Structure.LIVER) ? whole : prepared.box(Structure.LIVER).orElse(whole);
  }

  /** Slices that hold the structure. */
  int foregroundSlices() {
    return foreground.size();
  }

  /** Steps that see about every slice, and at least one patch of every case. */
  int stepsPerEpoch() {
    int patches = (foreground.size() + background.size()) / recipe.depth();
    return Math.max(1, Math.max(patches, cases.size()) / recipe.batch());
  }

  /** One patch's place: its case, its first slice, and the pixels of each slice. */
  private record Patch(int caseIndex, int first, Cut cut) {}

  /**
   * One batch of patches: float32 [batch, slice, y, x] in 2D, [batch, 1, z, y, x] in 3D; the same
   * transform moves image, classes and weights of a patch.
   */
  Batch batch(int epoch, int step) {
    List<Patch> patches = patches(epoch, step);
    Map<String, Target> targets = new LinkedHashMap<>();
    for (Head head : recipe.heads()) {
      targets.put(head.name(), target(head, patches));
    }
    return new Batch(images(patches), targets);
  }

  private List<Patch> patches(int epoch, int step) {
    var random = RandomStream.of(seed, "sampling " + recipe.name(), epoch, step);
    var changes = RandomStream.of(seed, "augmentation " + recipe.name(), epoch, step);
    List<Patch> patches = new ArrayList<>();
    for (int i = 0; i < recipe.batch(); i++) {
      boolean wantsForeground = i < recipe.batch() / 2;
      boolean aroundError = wantsForeground && !errors.isEmpty();
      Slice slice = aroundError ? drawError(random) : draw(random, wantsForeground);
      Box box = place(random, slice, wantsForeground, aroundError);
      int first = firstSlice(random, slice);
      var transform = recipe.augmentation().draw(changes);
      var cut = Cut.of(cases.get(slice.caseIndex()).geometry(), box, transform);
      patches.add(new Patch(slice.caseIndex(), first, cut));
    }
    return patches;
  }

  private Images images(List<Patch> patches) {
    int size = recipe.crop();
    int depth = recipe.depth();
    int slices = Math.max(depth, recipe.network().slices());
    float[] values = new float[patches.size() * slices * size * size];
    for (int i = 0; i < patches.size(); i++) {
      Patch p = patches.get(i);
      cases
          .get(p.caseIndex())
          .image(
              p.cut(), p.first() - (slices - depth) / 2, slices, values, i * slices * size * size);
    }
    return recipe.network().dimensions() == 2
        ? new Images(patches.size(), slices, new int[] {size, size}, values)
        : new Images(patches.size(), 1, new int[] {depth, size, size}, values);
  }

  private Target target(Head head, List<Patch> patches) {
    int depth = recipe.depth();
    int voxels = depth * recipe.crop() * recipe.crop();
    byte[] membership = new byte[patches.size() * voxels];
    float[] weights = new float[patches.size() * voxels];
    List<ByteBuffer> classes = Objects.requireNonNull(memberships.get(head.structure()));
    for (int i = 0; i < patches.size(); i++) {
      Patch p = patches.get(i);
      PreparedCase prepared = cases.get(p.caseIndex());
      prepared.bytes(
          classes.get(p.caseIndex()),
          Target.BACKGROUND,
          p.cut(),
          p.first(),
          depth,
          membership,
          i * voxels);
      prepared.pixelWeights(head.structure(), p.cut(), p.first(), depth, weights, i * voxels);
    }
    if (head.readOut().classes() > 2
        && head.loss() instanceof Loss.PixelWeightedCrossEntropy pwce) {
      emphasise(membership, weights, pwce.power());
    }
    return new Target(head.readOut().classes(), membership, weights);
  }

  /** Changes w so that (1 + w)^power is multiplied by the factor of a voxel's error class. */
  private void emphasise(byte[] membership, float[] weights, double power) {
    double fp = Math.pow(recipe.emphasis().fp(), 1 / power);
    double fn = Math.pow(recipe.emphasis().fn(), 1 / power);
    for (int i = 0; i < weights.length; i++) {
      double factor = membership[i] == FP ? fp : membership[i] == FN ? fn : 1;
      weights[i] = (float) ((1 + weights[i]) * factor - 1);
    }
  }

  private Slice draw(SplittableRandom random, boolean wantsForeground) {
    List<Slice> from =
        (wantsForeground && !foreground.isEmpty()) || background.isEmpty()
            ? foreground
            : background;
    return from.get(random.nextInt(from.size()));
  }

  /** A slice in proportion to its errors; any where there are none. */
  private Slice drawError(SplittableRandom random) {
    long all = errors.stream().mapToLong(ErrorSlices::total).sum();
    if (all == 0) {
      return draw(random, true);
    }
    long left = random.nextLong(all);
    int c = 0;
    while (left >= errors.get(c).total()) {
      left -= errors.get(c++).total();
    }
    return new Slice(c, errors.get(c).slice(left));
  }

  /** A patch whose centre lies near a real voxel, pushed into its region. */
  private Box place(
      SplittableRandom random, Slice slice, boolean wantsForeground, boolean aroundError) {
    PreparedCase prepared = cases.get(slice.caseIndex());
    int nx = prepared.geometry().nx();
    int ny = prepared.geometry().ny();
    int anchor =
        aroundError && errors.get(slice.caseIndex()).count(slice.z()) > 0
            ? errors.get(slice.caseIndex()).voxel(random, slice.z())
            : voxel(random, prepared, anchored(prepared, slice, wantsForeground), slice.z());
    int size = recipe.crop();
    int jitter = size / 4;
    int x = anchor % nx + random.nextInt(-jitter, jitter + 1);
    int y = anchor / nx + random.nextInt(-jitter, jitter + 1);
    Box region = regions.get(slice.caseIndex());
    return new Box(
        start(inside(x, size, region.x0(), region.width()), size, nx),
        start(inside(y, size, region.y0(), region.height()), size, ny),
        size,
        size);
  }

  private Structure anchored(PreparedCase prepared, Slice slice, boolean wantsForeground) {
    return wantsForeground && prepared.voxels(recipe.structure(), slice.z()) > 0
        ? recipe.structure()
        : Structure.LIVER;
  }

  private static int voxel(
      SplittableRandom random, PreparedCase prepared, Structure structure, int z) {
    int set = prepared.voxels(structure, z);
    return set == 0
        ? random.nextInt(prepared.geometry().nx() * prepared.geometry().ny())
        : nth(prepared.truth(structure, z), random.nextInt(set));
  }

  /** Place of the n-th set voxel. */
  static int nth(byte[] mask, int n) {
    int left = n;
    int i = 0;
    while (mask[i] == 0 || left-- > 0) {
      i++;
    }
    return i;
  }

  /** The patch's first slice: the drawn one lies near its middle, pushed into the case. */
  private int firstSlice(SplittableRandom random, Slice slice) {
    int depth = recipe.depth();
    int jitter = depth / 4;
    int middle = slice.z() + (jitter == 0 ? 0 : random.nextInt(-jitter, jitter + 1));
    return start(middle, depth, cases.get(slice.caseIndex()).geometry().nz());
  }

  /** The centre, moved so that the patch lies within a region, or around it where it is larger. */
  private static int inside(int centre, int size, int from, int length) {
    return size >= length
        ? from + length / 2
        : from + Math.min(Math.max(centre - from, size / 2), length - size + size / 2);
  }

  private static int start(int centre, int size, int length) {
    return size >= length
        ? (length - size) / 2
        : Math.min(Math.max(centre - size / 2, 0), length - size);
  }
}
