package org.maskmine.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maskmine.data.Augmentation;
import org.maskmine.data.HuWindow;
import org.maskmine.data.Part;
import org.maskmine.data.PreparedCase;
import org.maskmine.data.Structure;
import org.maskmine.data.TinyCase;
import org.maskmine.data.TinyPhantom;
import org.maskmine.engine.Batch;
import org.maskmine.engine.Loss;
import org.maskmine.engine.Target;
import org.maskmine.network.UNet;
import org.maskmine.volume.Mask;
import org.maskmine.volume.Volume;

class SliceSamplerTest {
  private static final int FOREGROUND = 2;

  private static StageRecipe solid(Augmentation augmentation) {
    return Recipe.cascade2d()
        .stage(Structure.LESION)
        .network(n -> UNet.threeD().base(2).levels(2))
        .patches(16, 8)
        .augmentation(augmentation);
  }

  private static StageRecipe flat(Augmentation augmentation, int crop) {
    return Recipe.cascade2d().stage(Structure.LESION).patches(crop, 1).augmentation(augmentation);
  }

  private static List<PreparedCase> cases(StageRecipe recipe) {
    return TinyPhantom.load().of(Part.TRAINING).stream()
        .map(c -> PreparedCase.of(c, new HuWindow(-100, 400), recipe.network().dimensions()))
        .toList();
  }

  private static SliceSampler sampler(StageRecipe recipe, long seed) {
    return sampler(
        recipe,
        seed,
        cases(recipe).stream()
            .map(c -> ByteBuffer.wrap(Trainer.truthClasses(c, Structure.LESION)))
            .toList());
  }

  private static SliceSampler sampler(StageRecipe recipe, long seed, List<ByteBuffer> memberships) {
    return new SliceSampler(
        recipe, seed, cases(recipe), Map.of(Structure.LESION, memberships), List.of());
  }

  private static Target target(Batch batch) {
    return Objects.requireNonNull(batch.targets().get("lesion"));
  }

  @Test
  void a_3d_batch_is_cut_as_solid_patches_and_half_of_them_hold_a_lesion() {
    SliceSampler sampler = sampler(solid(Augmentation.NONE), 1);
    for (int step = 0; step < 20; step++) {
      Batch batch = sampler.batch(0, step);
      assertThat(batch.images().count()).isEqualTo(12);
      assertThat(batch.images().channels()).isEqualTo(1);
      assertThat(batch.images().size()).containsExactly(8, 16, 16);
      byte[] classes = target(batch).membership();
      for (int patch = 0; patch < 6; patch++) {
        int voxels = 0;
        for (int i = patch * 2048; i < (patch + 1) * 2048; i++) {
          voxels += classes[i] == FOREGROUND ? 1 : 0;
        }
        assertThat(voxels).isPositive();
      }
    }
  }

  @Test
  void the_first_half_of_a_2d_batch_holds_lesions_and_the_other_comes_from_slices_without() {
    SliceSampler sampler = sampler(flat(Augmentation.NONE, 40), 1);
    for (int step = 0; step < 20; step++) {
      Batch batch = sampler.batch(0, step);
      assertThat(batch.images().count()).isEqualTo(12);
      byte[] classes = target(batch).membership();
      for (int patch = 0; patch < 12; patch++) {
        int lesion = 0;
        for (int i = patch * 1600; i < (patch + 1) * 1600; i++) {
          lesion += classes[i] == FOREGROUND ? 1 : 0;
        }
        if (patch < 6) {
          assertThat(lesion).isPositive();
        } else {
          assertThat(lesion).isZero();
        }
      }
    }
  }

  /** The image tells where a patch was cut: HU is 10 · x in row y of every slice. */
  @Test
  void lesion_patches_stay_within_the_liver_or_hold_it() {
    var geometry = TinyPhantom.load().of(Part.TRAINING).get(0).geometry();
    float[] hu = new float[geometry.voxels()];
    byte[] labels = new byte[geometry.voxels()];
    for (int i = 0; i < hu.length; i++) {
      int x = i % geometry.nx();
      int y = i / geometry.nx() % geometry.ny();
      hu[i] = 10 * x;
      boolean liver = x >= 20 && x < 50 && y >= 30 && y < 34;
      labels[i] = (byte) (liver ? x == 20 ? 2 : 1 : 0);
    }
    var scan = new TinyCase("made", new Volume(geometry, hu), new Mask(geometry, labels));
    var prepared = PreparedCase.of(scan, new HuWindow(0, 1000), 2);
    var recipe =
        Recipe.cascade2d().stage(Structure.LESION).patches(16, 1).augmentation(Augmentation.NONE);
    var classes = ByteBuffer.wrap(Trainer.truthClasses(prepared, Structure.LESION));
    var sampler =
        new SliceSampler(
            recipe, 7, List.of(prepared), Map.of(Structure.LESION, List.of(classes)), List.of());
    for (int step = 0; step < 20; step++) {
      Batch batch = sampler.batch(0, step);
      for (int patch = 0; patch < batch.images().count(); patch++) {
        int first = Math.round(100 * batch.images().values()[patch * 3 * 256]);
        assertThat(first).isBetween(20, 50 - 16);
        // The liver's four rows lie in the middle of sixteen.
        int middle = patch * 256 + 6 * 16;
        int lesion = 20 - first;
        if (lesion >= 0) {
          assertThat(target(batch).membership()[middle + lesion]).isEqualTo((byte) FOREGROUND);
          assertThat(target(batch).membership()[middle - 16 + lesion]).isEqualTo((byte) 1);
        }
      }
    }
  }

  @Test
  void image_classes_and_weights_of_a_changed_patch_show_the_same_place() {
    SliceSampler sampler = sampler(solid(Augmentation.PAPER), 2);
    for (int step = 0; step < 20; step++) {
      Target target = target(sampler.batch(0, step));
      for (int i = 0; i < target.membership().length; i++) {
        // 3D lesion weights: 0.375 … 0.75 outside, 0.25 more inside.
        float w = target.pixelWeights()[i];
        if (target.membership()[i] == FOREGROUND) {
          assertThat(w).isBetween(0.6249f, 1f);
        } else {
          assertThat(w).isBetween(0.3749f, 0.7501f);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void error_classes_stay_aligned_with_the_truth_through_crops_and_augmentation(long seed) {
    StageRecipe recipe = flat(Augmentation.PAPER, 24);

    List<PreparedCase> cases = cases(recipe);
    // FP in every third background voxel, FN in every second lesion voxel.
    List<byte[]> errors =
        cases.stream()
            .map(
                c -> {
                  byte[] e = c.truth(Structure.LESION);
                  for (int i = 0; i < e.length; i++) {
                    e[i] = (byte) (e[i] == 0 ? (i % 3 == 0 ? 1 : 0) : 2 + i % 2);
                  }
                  return e;
                })
            .toList();
    Target truth = target(sampler(recipe, seed).batch(1, 2));
    Target mined = target(sampler(recipe, seed, memberships(errors)).batch(1, 2));
    int lesion = 0;
    for (int i = 0; i < truth.membership().length; i++) {
      boolean inLesion = truth.membership()[i] == FOREGROUND;
      int bits = mined.membership()[i];
      assertThat((bits >> 2 | bits >> 3) & 1).isEqualTo(inLesion ? 1 : 0);
      assertThat((bits | bits >> 1) & 1).isEqualTo(inLesion ? 0 : 1);
      lesion += inLesion ? 1 : 0;
    }
    assertThat(lesion).isPositive();
    assertThat(mined.pixelWeights()).isEqualTo(truth.pixelWeights());
  }

  private static List<ByteBuffer> memberships(List<byte[]> errors) {
    return errors.stream()
        .map(
            e -> {
              byte[] bits = new byte[e.length];
              for (int i = 0; i < bits.length; i++) {
                bits[i] = (byte) (1 << e[i]);
              }
              return ByteBuffer.wrap(bits);
            })
        .toList();
  }

  @Test
  void patches_are_drawn_around_errors_where_asked_and_never_elsewhere() {
    StageRecipe recipe = flat(Augmentation.NONE, 8);

    List<PreparedCase> cases = cases(recipe);
    // One wrong voxel in the whole data set: some liver voxel of a slice of case 1.
    int z = 7;
    int place =
        SliceSampler.nth(
            cases.get(1).truth(Structure.LIVER, z), cases.get(1).voxels(Structure.LIVER, z) / 2);
    List<ErrorSlices> errors = new ArrayList<>();
    List<byte[]> masks = new ArrayList<>();
    for (int c = 0; c < cases.size(); c++) {
      var grid = cases.get(c).geometry();
      byte[] e = new byte[grid.voxels()];
      if (c == 1) {
        e[z * grid.nx() * grid.ny() + place] = 1;
      }
      masks.add(e);
      errors.add(new ErrorSlices(grid, e));
    }
    var sampler =
        new SliceSampler(recipe, 1, cases, Map.of(Structure.LESION, memberships(masks)), errors);
    for (int step = 0; step < 20; step++) {
      byte[] classes = target(sampler.batch(0, step)).membership();
      for (int patch = 0; patch < 6; patch++) {
        byte[] one = Arrays.copyOfRange(classes, patch * 64, (patch + 1) * 64);
        assertThat(one).contains((byte) 2);
      }
    }
  }

  @Test
  void factors_on_error_classes_multiply_the_weight_in_the_loss() {
    var pwce = new Loss.PixelWeightedCrossEntropy(2.5);
    StageRecipe recipe = flat(Augmentation.NONE, 24).eachHead(h -> h.loss(pwce, ReadOut.FN_OR_TP));

    List<byte[]> errors =
        cases(recipe).stream()
            .map(
                c -> {
                  byte[] e = c.truth(Structure.LESION);
                  for (int i = 0; i < e.length; i++) {
                    e[i] = (byte) (e[i] == 0 ? (i % 3 == 0 ? 1 : 0) : 2 + i % 2);
                  }
                  return e;
                })
            .toList();
    Target plain = target(sampler(recipe, 1, memberships(errors)).batch(0, 0));
    Target weighted =
        target(
            sampler(recipe.emphasis(new Emphasis(4, 0.5, false, false)), 1, memberships(errors))
                .batch(0, 0));
    for (int i = 0; i < plain.membership().length; i++) {
      double ratio =
          Math.pow((1 + weighted.pixelWeights()[i]) / (1 + plain.pixelWeights()[i]), 2.5);
      double expected = plain.membership()[i] == 2 ? 4 : plain.membership()[i] == 4 ? 0.5 : 1;
      assertThat(ratio).isCloseTo(expected, within(1e-4));
    }
  }

  @Test
  void a_batch_depends_on_seed_epoch_and_step_alone() {
    float[] first = sampler(solid(Augmentation.PAPER), 3).batch(2, 1).images().values();
    SliceSampler again = sampler(solid(Augmentation.PAPER), 3);
    again.batch(0, 0);
    assertThat(again.batch(2, 1).images().values()).isEqualTo(first);
    assertThat(again.batch(2, 2).images().values()).isNotEqualTo(first);
    assertThat(again.batch(1, 1).images().values()).isNotEqualTo(first);
    assertThat(sampler(solid(Augmentation.PAPER), 4).batch(2, 1).images().values())
        .isNotEqualTo(first);
  }

  @Test
  void the_same_place_is_drawn_whatever_augmentation_does_to_it() {
    byte[] plain = target(sampler(solid(Augmentation.NONE), 5).batch(0, 0)).membership();
    byte[] mirrored = target(sampler(solid(Augmentation.FLIPS), 5).batch(0, 0)).membership();
    for (int patch = 0; patch < 12; patch++) {
      assertThat(count(mirrored, patch)).isEqualTo(count(plain, patch));
    }
  }

  private static int count(byte[] classes, int patch) {
    int n = 0;
    for (int i = patch * 2048; i < (patch + 1) * 2048; i++) {
      n += classes[i] == FOREGROUND ? 1 : 0;
    }
    return n;
  }
}
