package org.maskmine.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maskmine.data.Augmentation;
import org.maskmine.data.HuWindow;
import org.maskmine.data.Part;
import org.maskmine.data.Structure;
import org.maskmine.engine.Loss;
import org.maskmine.network.Parameter;
import org.maskmine.network.Weights;
import org.maskmine.scoring.Gate;
import org.maskmine.volume.Nifti;

/**
 * Runs of every version stay readable for ever: format N was written by the last build before
 * format N + 1, at its tiny size, a base run of two epochs and its retraining with Dice of one.
 */
class OldRunsTest {
  @TempDir Path folder;

  private StoredRun run(int format, String kind) {
    return Examples.run(new RunStore(folder), format, kind);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void a_base_run_says_how_it_was_trained(int format) {
    StoredRun run = run(format, "base");
    assertThat(run.info().kind()).isEqualTo("base");
    assertThat(run.info().parent()).isNull();
    assertThat(run.info().finished()).isTrue();
    assertThat(run.info().seconds()).isPositive();
    assertThat(run.info().data().name()).isEqualTo("phantom");
    assertThat(run.info().data().source().paths()).hasSize(1);
    assertThat(run.info().data().training()).isEqualTo(2);

    Recipe recipe = run.recipe();
    assertThat(recipe.pipeline()).isEqualTo("cascade2d");
    assertThat(recipe.preset()).isEqualTo(Preset.DEMO);
    assertThat(recipe.window()).isEqualTo(new HuWindow(-100, 400));
    assertThat(recipe.seed()).isEqualTo(1);
    assertThat(recipe.engine()).isEqualTo("torch");
    StageRecipe lesion = recipe.stage(Structure.LESION);
    assertThat(lesion.patches()).isEqualTo(new Patches(40, 1, 12));
    assertThat(lesion.optimiser())
        .isEqualTo(new Optimiser(2, 3e-3, new Schedule(List.of(0.6, 0.85), 0.2), 1e-5));
    assertThat(lesion.keep()).isEqualTo(StageRecipe.Keep.BEST);
    assertThat(lesion.augmentation()).isEqualTo(Augmentation.FLIPS);
    assertThat(lesion.emphasis()).isEqualTo(Emphasis.NONE);
    assertThat(lesion.head(Structure.LESION).loss()).isEqualTo(new Loss.Combined(2.5, 1e-5));
    assertThat(recipe.stage(Structure.LIVER).crop()).isEqualTo(64);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void its_curve_scores_and_errors_are_there_and_its_weights_fit_todays_networks(int format)
      throws IOException {
    StoredRun run = run(format, "base");
    assertThat(run.curve(Structure.LESION)).extracting(Epoch::number).containsExactly(1, 2);
    for (Part part : List.of(Part.VALIDATION, Part.TEST)) {
      assertThat(run.scores().of(part, Structure.LESION, Gate.PREDICTED_LIVER).cases()).hasSize(1);
    }
    assertThat(
            Nifti.readMask(run.folder().resolve("errors/lesion-volume-0.nii.gz"))
                .geometry()
                .voxels())
        .isEqualTo(64 * 64 * 14);
    fits(run);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void a_retrained_run_has_its_error_head_and_knows_its_parent(int format) {
    StoredRun base = run(format, "base");
    StoredRun run = run(format, "dice");
    assertThat(run.info().parent()).isEqualTo(base.id());
    assertThat(new RunStore(folder).origin(run)).contains(base);
    Head head = run.recipe().stage(Structure.LESION).head(Structure.LESION);
    assertThat(head.readOut()).isEqualTo(ReadOut.TP_CHANNEL);
    assertThat(head.loss())
        .isEqualTo(new Loss.SoftDice(Loss.Activation.SIGMOID, Loss.Reduction.IMAGE, 1e-5));
    assertThat(run.curve(Structure.LESION)).hasSize(1);
    assertThat(run.curve(Structure.LIVER)).isEmpty();
    fits(run);
  }

  @Test
  void todays_format_has_an_example_too() {
    assertThat(run(RunFormat.NOW, "base").info().format()).isEqualTo(RunFormat.NOW);
  }

  private static void fits(StoredRun run) {
    for (StageRecipe stage : run.recipe().stages()) {
      Weights weights = run.weights(stage.structure());
      assertThat(weights.arrays().keySet())
          .containsExactlyInAnyOrderElementsOf(
              stage.graph().parameters().stream().map(Parameter::name).toList());
      for (Parameter p : stage.graph().parameters()) {
        assertThat(Objects.requireNonNull(weights.arrays().get(p.name())).shape())
            .isEqualTo(p.shape());
      }
    }
  }
}
