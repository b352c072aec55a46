package org.maskmine.engine.dl4j;

import java.util.Optional;
import org.maskmine.UserError;
import org.maskmine.engine.Engine;
import org.maskmine.engine.Network;
import org.maskmine.network.Graph;
import org.maskmine.network.Weights;

/**
 * Deeplearning4j's ComputationGraph over ND4J's native operations, on the processor, in 32-bit
 * floating point.
 */
public final class Dl4jEngine implements Engine {
  @Override
  public String name() {
    return "dl4j";
  }

  @Override
  public Optional<String> unusable() {
    return Binary.here().unusable();
  }

  @Override
  public int preference() {
    return 10;
  }

  @Override
  public String description() {
    return "Deeplearning4j 1.0.0-M2.1, ND4J, CPU, " + Backend.threads() + " threads, fp32";
  }

  /**
   * Opens a network; {@link Precision#BF16} is computed in 32 bits.
   *
   * @throws UserError where ND4J cannot run here, or the weights are not the graph's
   */
  @Override
  public Network open(Graph graph, Weights weights, Settings settings) {
    unusable()
        .ifPresent(
            reason -> {
              throw new UserError(reason);
            });
    graph.checkWeights(weights);
    Backend.start();
    return new Dl4jNetwork(graph, weights, settings);
  }
}
