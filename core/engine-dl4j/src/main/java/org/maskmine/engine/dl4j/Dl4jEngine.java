package org.maskmine.engine.dl4j;

import java.util.Optional;
import org.maskmine.UserError;
import org.maskmine.engine.Card;
import org.maskmine.engine.Device;
import org.maskmine.engine.Engine;
import org.maskmine.engine.Network;
import org.maskmine.network.Graph;
import org.maskmine.network.Weights;

/**
 * Deeplearning4j's ComputationGraph over ND4J's native operations, on the processor or on a card
 * with CUDA 11, in 32-bit floating point.
 */
public final class Dl4jEngine implements Engine {
  @Override
  public String name() {
    return "dl4j";
  }

  @Override
  public Optional<String> unusable(Device device) {
    return device.gpu()
        ? Cuda.here().unusable(device, Card.here())
        : Cuda.here().withoutGpu(Card.here());
  }

  @Override
  public boolean hasBfloat16(Device device) {
    return false;
  }

  @Override
  public int preference() {
    return 10;
  }

  @Override
  public String description(Device device) {
    return "Deeplearning4j 1.0.0-M2.1, ND4J, "
        + (device.gpu() ? device : "CPU, " + Backend.threads() + " threads")
        + ", fp32";
  }

  /**
   * Opens a network; {@link Precision#BF16} is computed in 32 bits.
   *
   * @throws UserError where ND4J cannot run here, or the weights are not the graph's
   */
  @Override
  public Network open(Graph graph, Weights weights, Settings settings) {
    unusable(settings.device())
        .ifPresent(
            reason -> {
              throw new UserError(reason);
            });
    graph.checkWeights(weights);
    Backend.start();
    return new Dl4jNetwork(graph, weights, settings);
  }
}
