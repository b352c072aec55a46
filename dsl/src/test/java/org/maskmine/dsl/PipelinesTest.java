package org.maskmine.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.maskmine.dsl.Maskmine.compare;
import static org.maskmine.dsl.Maskmine.dice;
import static org.maskmine.dsl.Maskmine.epochs;
import static org.maskmine.dsl.Maskmine.mine;
import static org.maskmine.dsl.Maskmine.predict;
import static org.maskmine.dsl.Maskmine.retrain;
import static org.maskmine.dsl.Maskmine.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.maskmine.Progress;
import org.maskmine.UserError;
import org.maskmine.data.Datasets;
import org.maskmine.data.Phantom;
import org.maskmine.data.Structure;
import org.maskmine.dsl.view.Viewable;

/** The five verbs with every pipeline, and how its values look. */
class PipelinesTest {
  @TempDir private static Path folder;
  private static Data data;

  enum Kind {
    CASCADE_3D(Maskmine::cascade3d),
    COMBINED_2D(Maskmine::combined2d),
    LIVER_2D(() -> Maskmine.unet2d(Structure.LIVER)),
    LESION_3D(() -> Maskmine.unet3d(Structure.LESION));

    private final Supplier<Pipeline> pipeline;

    Kind(Supplier<Pipeline> pipeline) {
      this.pipeline = pipeline;
    }
  }

  @BeforeAll
  static void draws_a_phantom() throws IOException {
    EmptyHome.prepare();
    data = new Data(Datasets.phantom(folder, new Phantom.Options(31, 2, 2, 1), Progress.NONE));
  }

  private static Run base(Kind kind) {
    return train(data, kind.pipeline.get(), epochs(1));
  }

  @ParameterizedTest
  @EnumSource
  void every_value_of_every_pipeline_shows_itself(Kind kind) {
    Run base = base(kind);
    Errors errors = mine(base);
    Run recall = retrain(errors, dice(), epochs(1));

    List<Viewable> values =
        List.of(
            base,
            errors,
            recall,
            compare(base),
            compare(base, recall),
            base.figure3(),
            recall.figure3(),
            compare(base, recall).figure4(),
            compare(base, recall).dicePairs());
    for (Viewable value : values) {
      assertThat(value.view().content().keySet()).contains("text/plain").hasSizeGreaterThan(1);
    }
    assertThat(compare(base, recall).table().stringColumn("run").asList())
        .containsExactly(base.id(), recall.id());
  }

  @Test
  void a_liver_network_predicts_the_liver_alone() {
    var labels = predict(base(Kind.LIVER_2D), data.test()).of("volume-4").labels();

    assertThat(labels.count(2)).isZero();
    assertThat(labels.count(0) + labels.count(1)).isEqualTo(labels.geometry().voxels());
  }

  @Test
  void a_liver_network_has_no_curve_of_lesions_and_says_so() {
    Run run = base(Kind.LIVER_2D);
    assertThatThrownBy(() -> compare(run).recallPrecision())
        .isInstanceOf(UserError.class)
        .hasMessage(
            "run "
                + run.id()
                + ": segments the liver alone, so there is no recall and precision of lesions; take"
                + " a run of cascade2d() or another pipeline that finds lesions");
  }

  @Test
  void a_lesion_network_alone_cannot_predict_a_new_scan() {
    Run run = base(Kind.LESION_3D);
    assertThatThrownBy(() -> predict(run, data.test()).of("volume-4"))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "predict: unet3d segments lesions inside the true liver alone, which a new scan has"
                + " not; take a run of cascade2d() or another pipeline that finds the liver first");
  }
}
