package org.maskmine.engine.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.maskmine.engine.Engine;
import org.maskmine.engine.EngineContract;
import org.maskmine.engine.Images;
import org.maskmine.engine.Network;
import org.maskmine.network.Graph;
import org.maskmine.network.InitialWeights;
import org.maskmine.network.UNet;

class TorchEngineTest extends EngineContract {
  @Override
  protected Engine engine() {
    return new TorchEngine();
  }

  @Test
  void is_found_as_a_service_and_runs_here() {
    Engine engine = ServiceLoader.load(Engine.class).findFirst().orElseThrow();
    assertThat(engine.name()).isEqualTo("torch");
    assertThat(engine.unusable()).isEmpty();
    assertThat(engine.description())
        .matches("libtorch [0-9]+\\.[0-9]+\\.[0-9]+, CPU, [0-9]+ threads");
  }

  @Test
  void a_closed_network_computes_no_more_and_may_be_closed_again() {
    Graph graph = UNet.twoD().base(2).levels(2).graph("liver");
    Network network =
        engine()
            .open(
                graph,
                InitialWeights.heNormal(graph, 1),
                new Engine.Settings(Engine.Precision.FP32, 0));
    network.close();
    network.close();
    var images = new Images(1, 3, new int[] {8, 8}, new float[3 * 8 * 8]);
    assertThatThrownBy(() -> network.predict(images))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the network is closed");
  }
}
