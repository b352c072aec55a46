package org.maskmine.training;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.maskmine.data.Box;
import org.maskmine.data.Cut;
import org.maskmine.data.PreparedCase;
import org.maskmine.data.Structure;
import org.maskmine.engine.Batch;
import org.maskmine.engine.Images;
import org.maskmine.engine.Target;

/**
 * Draws the batches of one stage: half of the patches around a foreground voxel, the others around
 * a voxel of slices without foreground, each changed at random (PAPER sections 3.1 and 3.2).
 * Patches of lesions stay within the box of the liver where they fit, and hold it where they are
 * larger: what lies far from the liver is never predicted and would only take the network's
 * attention.
 *
 * <p>A batch depends on seed, epoch and step alone, so a training can go on from any epoch.
 */
final class SliceSampler {
  private record Slice(int caseIndex, int z) {}

  private final StageRecipe recipe;
  private final long seed;
  private final List<PreparedCase> cases;
  private final List<ByteBuffer> memberships;
  private final List<Box> regions;
  private final List<Slice> foreground = new ArrayList<>();
  private final List<Slice> background = new ArrayList<>();

  /**
   * @param memberships per case, what each voxel's class is, as {@link Target#membership()}
   */
  SliceSampler(
      StageRecipe recipe, long seed, List<PreparedCase> cases, List<ByteBuffer> memberships) {
    this.recipe = recipe;
    this.seed = seed;
    this.cases = cases;
    this.memberships = memberships;
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
      } else if (recipe.structure() == Structure.LIVER || prepared.voxels(Structure.LIVER, z) > 0) {
        background.add(new Slice(c, z));
      }
    }
  }

  private Box region(PreparedCase prepared) {
    var whole = new Box(0, 0, prepared.geometry().nx(), prepared.geometry().ny());
    return recipe.structure() == Structure.LIVER
        ? whole
        : prepared.box(Structure.LIVER).orElse(whole);
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

  /**
   * One batch of patches: float32 [batch, slice, y, x] in 2D, [batch, 1, z, y, x] in 3D; the same
   * transform moves image, classes and weights of a patch.
   */
  Batch batch(int epoch, int step) {
    var random = RandomStream.of(seed, "sampling " + recipe.head(), epoch, step);
    var changes = RandomStream.of(seed, "augmentation " + recipe.head(), epoch, step);
    int size = recipe.crop();
    int depth = recipe.depth();
    int slices = Math.max(depth, recipe.network().slices());
    int pixels = size * size;
    float[] images = new float[recipe.batch() * slices * pixels];
    byte[] membership = new byte[recipe.batch() * depth * pixels];
    float[] weights = new float[recipe.batch() * depth * pixels];
    for (int i = 0; i < recipe.batch(); i++) {
      boolean wantsForeground = i < recipe.batch() / 2;
      Slice slice = draw(random, wantsForeground);
      PreparedCase prepared = cases.get(slice.caseIndex());
      Box box = place(random, slice, wantsForeground);
      int first = firstSlice(random, slice);
      var transform = recipe.augmentation().draw(changes);
      var cut = Cut.of(prepared.geometry(), box, transform);
      int target = i * depth * pixels;
      prepared.image(cut, first - (slices - depth) / 2, slices, images, i * slices * pixels);
      prepared.bytes(
          memberships.get(slice.caseIndex()),
          Target.BACKGROUND,
          cut,
          first,
          depth,
          membership,
          target);
      prepared.pixelWeights(recipe.structure(), cut, first, depth, weights, target);
    }
    return new Batch(
        images(images),
        Map.of(recipe.head(), new Target(recipe.readOut().classes(), membership, weights)));
  }

  private Images images(float[] values) {
    int size = recipe.crop();
    return recipe.network().dimensions() == 2
        ? new Images(recipe.batch(), recipe.network().slices(), new int[] {size, size}, values)
        : new Images(recipe.batch(), 1, new int[] {recipe.depth(), size, size}, values);
  }

  private Slice draw(SplittableRandom random, boolean wantsForeground) {
    List<Slice> from =
        (wantsForeground && !foreground.isEmpty()) || background.isEmpty()
            ? foreground
            : background;
    return from.get(random.nextInt(from.size()));
  }

  /** A patch whose centre lies near a real voxel, pushed into its region. */
  private Box place(SplittableRandom random, Slice slice, boolean wantsForeground) {
    PreparedCase prepared = cases.get(slice.caseIndex());
    Structure anchored =
        wantsForeground && prepared.voxels(recipe.structure(), slice.z()) > 0
            ? recipe.structure()
            : Structure.LIVER;
    int nx = prepared.geometry().nx();
    int ny = prepared.geometry().ny();
    int anchor = voxel(random, prepared, anchored, slice.z());
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

  private static int voxel(
      SplittableRandom random, PreparedCase prepared, Structure structure, int z) {
    int set = prepared.voxels(structure, z);
    if (set == 0) {
      return random.nextInt(prepared.geometry().nx() * prepared.geometry().ny());
    }
    byte[] mask = prepared.truth(structure, z);
    int left = random.nextInt(set);
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
