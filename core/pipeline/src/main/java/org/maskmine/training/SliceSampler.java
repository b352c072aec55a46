package org.maskmine.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.maskmine.data.Box;
import org.maskmine.data.PreparedCase;
import org.maskmine.data.Structure;
import org.maskmine.engine.Batch;
import org.maskmine.engine.Images;
import org.maskmine.engine.Target;

/**
 * Draws the batches of one stage: half of the patches around a foreground voxel, the others around
 * a voxel of slices without foreground, flipped at random (PAPER sections 3.1 and 3.2).
 *
 * <p>A batch depends on seed, epoch and step alone, so a training can go on from any epoch.
 */
final class SliceSampler {
  private record Slice(int caseIndex, int z) {}

  private final StageRecipe recipe;
  private final long seed;
  private final List<PreparedCase> cases;
  private final List<byte[]> anchors;
  private final List<byte[]> memberships;
  private final List<Slice> foreground = new ArrayList<>();
  private final List<Slice> background = new ArrayList<>();

  /**
   * @param memberships per case, what each voxel's class is, as {@link Target#membership()}
   */
  SliceSampler(StageRecipe recipe, long seed, List<PreparedCase> cases, List<byte[]> memberships) {
    this.recipe = recipe;
    this.seed = seed;
    this.cases = cases;
    this.memberships = memberships;
    this.anchors = cases.stream().map(c -> c.truth(Structure.LIVER)).toList();
    for (int c = 0; c < cases.size(); c++) {
      sortSlices(c);
    }
  }

  private void sortSlices(int c) {
    PreparedCase prepared = cases.get(c);
    byte[] truth = prepared.truth(recipe.structure());
    for (int z = 0; z < prepared.geometry().nz(); z++) {
      if (any(prepared, truth, z)) {
        foreground.add(new Slice(c, z));
      } else if (recipe.structure() == Structure.LIVER || any(prepared, anchors.get(c), z)) {
        background.add(new Slice(c, z));
      }
    }
  }

  private static boolean any(PreparedCase prepared, byte[] mask, int z) {
    return count(prepared, mask, z) > 0;
  }

  private static int count(PreparedCase prepared, byte[] mask, int z) {
    int n = prepared.geometry().nx() * prepared.geometry().ny();
    int set = 0;
    for (int i = z * n; i < (z + 1) * n; i++) {
      set += mask[i];
    }
    return set;
  }

  /** Slices that hold the structure. */
  int foregroundSlices() {
    return foreground.size();
  }

  /** Steps that see about every slice once. */
  int stepsPerEpoch() {
    return Math.max(1, (foreground.size() + background.size()) / recipe.batch());
  }

  /** One batch of square patches, float32 [batch, slice, crop, crop]. */
  Batch batch(int epoch, int step) {
    var random = RandomStream.of(seed, "sampling " + recipe.head(), epoch, step);
    int size = recipe.crop();
    int pixels = size * size;
    int slices = recipe.network().slices();
    float[] images = new float[recipe.batch() * slices * pixels];
    byte[] membership = new byte[recipe.batch() * pixels];
    float[] weights = new float[recipe.batch() * pixels];
    for (int i = 0; i < recipe.batch(); i++) {
      boolean wantsForeground = i < recipe.batch() / 2;
      Slice slice = draw(random, wantsForeground);
      PreparedCase prepared = cases.get(slice.caseIndex());
      Box box = place(random, slice, wantsForeground);
      prepared.stack(slice.z(), slices, box, images, i * slices * pixels);
      prepared.crop(
          memberships.get(slice.caseIndex()),
          slice.z(),
          box,
          Target.BACKGROUND,
          membership,
          i * pixels);
      prepared.crop(prepared.pixelWeights(recipe.structure()), slice.z(), box, weights, i * pixels);
      boolean flipX = random.nextBoolean();
      boolean flipY = random.nextBoolean();
      for (int s = 0; s < slices; s++) {
        Flip.plane(images, (i * slices + s) * pixels, size, flipX, flipY);
      }
      Flip.plane(membership, i * pixels, size, flipX, flipY);
      Flip.plane(weights, i * pixels, size, flipX, flipY);
    }
    return new Batch(
        new Images(recipe.batch(), slices, new int[] {size, size}, images),
        Map.of(recipe.head(), new Target(recipe.readOut().classes(), membership, weights)));
  }

  private Slice draw(SplittableRandom random, boolean wantsForeground) {
    List<Slice> from =
        (wantsForeground && !foreground.isEmpty()) || background.isEmpty()
            ? foreground
            : background;
    return from.get(random.nextInt(from.size()));
  }

  /** A patch whose centre lies near a real voxel, pushed into the slice where it fits. */
  private Box place(SplittableRandom random, Slice slice, boolean wantsForeground) {
    PreparedCase prepared = cases.get(slice.caseIndex());
    byte[] structure = prepared.truth(recipe.structure());
    byte[] mask =
        wantsForeground && any(prepared, structure, slice.z())
            ? structure
            : anchors.get(slice.caseIndex());
    int nx = prepared.geometry().nx();
    int ny = prepared.geometry().ny();
    int anchor = voxel(random, prepared, mask, slice.z());
    int size = recipe.crop();
    int jitter = size / 4;
    int x = anchor % nx + random.nextInt(-jitter, jitter + 1);
    int y = anchor / nx + random.nextInt(-jitter, jitter + 1);
    return new Box(start(x, size, nx), start(y, size, ny), size, size);
  }

  private static int voxel(SplittableRandom random, PreparedCase prepared, byte[] mask, int z) {
    int n = prepared.geometry().nx() * prepared.geometry().ny();
    int set = count(prepared, mask, z);
    if (set == 0) {
      return random.nextInt(n);
    }
    int left = random.nextInt(set);
    int i = z * n;
    while (mask[i] == 0 || left-- > 0) {
      i++;
    }
    return i - z * n;
  }

  private static int start(int centre, int size, int length) {
    return size >= length
        ? (length - size) / 2
        : Math.min(Math.max(centre - size / 2, 0), length - size);
  }
}
