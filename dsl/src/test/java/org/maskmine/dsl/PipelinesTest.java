package org.maskmine.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.maskmine.dsl.Maskmine.combined2d;
import static org.maskmine.dsl.Maskmine.compare;
import static org.maskmine.dsl.Maskmine.dice;
import static org.maskmine.dsl.Maskmine.epochs;
import static org.maskmine.dsl.Maskmine.mine;
import static org.maskmine.dsl.Maskmine.predict;
import static org.maskmine.dsl.Maskmine.retrain;
import static org.maskmine.dsl.Maskmine.run;
import static org.maskmine.dsl.Maskmine.train;
import static org.maskmine.dsl.Maskmine.unet2d;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
import org.maskmine.network.Graph;
import org.maskmine.network.Node;

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

  /** Three slices, one level of detail lost and found again, a detour around it. */
  private static Graph own() {
    return new Graph(
        2,
        3,
        2,
        List.of(
            new Node.Convolution("see", Graph.IMAGE, 3, 4, 5, 1, true),
            new Node.LeakyRelu("see.on", "see", 0.05),
            new Node.MaxPooling("far", "see.on"),
            new Node.Convolution("far.think", "far", 4, 4, 3, 1, true),
            new Node.Upsampling("near", "far.think", 4, 4),
            new Node.Sum("join", List.of("see.on", "near")),
            new Node.Convolution("answer", "join", 4, 2, 1, 1, true)),
        Map.of("out", "answer"));
  }

  @Test
  void a_graph_of_ones_own_is_trained_mined_retrained_and_opened_again() {
    Run base = train(data, unet2d(Structure.LESION).network(own()), epochs(1));
    Run recall = retrain(mine(base), dice(), epochs(1));

    assertThat(base.network(Structure.LESION).alt())
        .isEqualTo(
            "lesion: 2D graph, 7 nodes, 722 parameters; see reads image; far reads see; near reads"
                + " far; join reads see and near; answer reads join");
    assertThat(recall.network(Structure.LESION).alt())
        .startsWith("lesion: 2D graph, 7 nodes, 732 parameters;")
        .endsWith("; head.lesion.4 reads join");
    assertThat(base.figure3().alt())
        .startsWith("unet2d, " + base.id() + ": CT, then lesion 2D graph");
    assertThat(run(recall.id()).recipe().column("value").asStringColumn().asList())
        .contains("2D, your own graph, 2 levels");
    assertThat(train(data, unet2d(Structure.LESION).network(own()), epochs(1)).id())
        .isEqualTo(base.id());
  }

  @Test
  void a_graph_of_ones_own_has_none_of_the_u_nets_settings() {
    assertThatThrownBy(
            () -> train(data, unet2d(Structure.LESION).network(own()).base(8), epochs(1)))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "the lesion network: is a graph of your own, which knows only its nodes; change those,"
                + " or take the paper's U-Net");
  }

  @Test
  void a_combined_network_joins_two_u_nets() {
    assertThatThrownBy(() -> train(data, combined2d().network(own()), epochs(1)))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "a graph of your own for the combined network: that joins two U-Nets; take cascade2d()"
                + " or unet2d(LESION)");
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
