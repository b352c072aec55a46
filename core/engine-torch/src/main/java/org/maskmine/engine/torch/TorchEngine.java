package org.maskmine.engine.torch;

import java.util.Optional;
import org.maskmine.engine.Engine;
import org.maskmine.engine.Network;
import org.maskmine.network.Graph;
import org.maskmine.network.Weights;

/** Networks on libtorch, on the processor. */
public final class TorchEngine implements Engine {
  @Override
  public String name() {
    return "torch";
  }

  @Override
  public Optional<String> unusable() {
    return Libtorch.missing();
  }

  @Override
  public int preference() {
    return 100;
  }

  @Override
  public String description() {
    return "libtorch "
        + Libtorch.version()
        + ", CPU, "
        + Processor.threads()
        + " threads, "
        + (Processor.hasBfloat16() ? "fp32 or bfloat16" : "fp32");
  }

  @Override
  public Network open(Graph graph, Weights weights, Settings settings) {
    graph.checkWeights(weights);
    Libtorch.load();
    return new TorchNetwork(graph, weights, settings);
  }
}
