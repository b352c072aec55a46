package org.maskmine.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maskmine.dsl.Maskmine.dice;
import static org.maskmine.dsl.Maskmine.epochs;
import static org.maskmine.dsl.Maskmine.mine;
import static org.maskmine.dsl.Maskmine.only;
import static org.maskmine.dsl.Maskmine.paper;
import static org.maskmine.dsl.Maskmine.retrain;
import static org.maskmine.dsl.Maskmine.train;

import java.nio.file.Path;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.maskmine.Progress;
import org.maskmine.data.Datasets;
import org.maskmine.data.Phantom;
import org.maskmine.data.Structure;
import org.maskmine.training.StageRecipe;

/** The paper's settings at their true size, for a step or two: networks, patches and batches. */
@Tag("long")
class PaperPresetTest {
  @TempDir private Path folder;

  enum Kind {
    CASCADE_2D(Maskmine::cascade2d, 256, 12, new int[] {12, 1, 256}),
    CASCADE_3D(Maskmine::cascade3d, 128, 64, new int[] {2, 64, 128}),
    COMBINED_2D(Maskmine::combined2d, 256, 12, new int[] {12, 1, 256});

    private final Supplier<Pipeline> pipeline;
    private final int side;
    private final int slices;
    private final int[] batch;

    Kind(Supplier<Pipeline> pipeline, int side, int slices, int[] batch) {
      this.pipeline = pipeline;
      this.side = side;
      this.slices = slices;
      this.batch = batch;
    }
  }

  @ParameterizedTest
  @EnumSource
  void the_papers_settings_train_mine_and_retrain_at_their_true_size(Kind kind) {
    var options = new Phantom.Options(41, 1, 1, 0).size(kind.side, kind.slices);
    var data = new Data(Datasets.phantom(folder, options, Progress.NONE));

    Run base = train(data, kind.pipeline.get(), paper(), epochs(1));
    Run recall = retrain(mine(base), dice(), epochs(1), only(Maskmine.LESION));

    for (Run run : new Run[] {base, recall}) {
      StageRecipe stage = run.stored().recipe().stage(Structure.LESION);
      assertThat(new int[] {stage.batch(), stage.depth(), stage.crop()}).isEqualTo(kind.batch);
      assertThat(run.stored().curve(Structure.LESION)).hasSize(1);
      assertThat(run.stored().curve(Structure.LESION).get(0).trainingLoss()).isFinite();
      System.out.printf("%s %s: %s%n", kind, run.id(), run.stored().curve(Structure.LESION));
    }
  }
}
