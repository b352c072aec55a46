package org.maskmine.engine.torch;

import java.util.Optional;
import org.maskmine.engine.Card;
import org.maskmine.engine.Device;
import org.maskmine.engine.Engine;
import org.maskmine.engine.Network;
import org.maskmine.network.Graph;
import org.maskmine.network.Weights;

/** Networks on libtorch, on the processor or on a card with CUDA 13. */
public final class TorchEngine implements Engine {
  @Override
  public String name() {
    return "torch";
  }

  @Override
  public Optional<String> unusable(Device device) {
    return device.gpu() ? Cuda.here().unusable(card(device)) : Libtorch.missing();
  }

  @Override
  public boolean hasBfloat16(Device device) {
    return device.gpu()
        ? card(device).map(Cuda::hasBfloat16).orElse(false)
        : Processor.hasBfloat16();
  }

  @Override
  public int preference() {
    return 100;
  }

  @Override
  public String description(Device device) {
    return "libtorch "
        + Libtorch.version()
        + ", "
        + (device.gpu()
            ? device + " " + card(device).map(Card::toString).orElse("")
            : "CPU, " + Processor.threads() + " threads")
        + ", "
        + (hasBfloat16(device) ? "fp32 or bfloat16" : "fp32");
  }

  @Override
  public Network open(Graph graph, Weights weights, Settings settings) {
    graph.checkWeights(weights);
    Libtorch.load();
    boolean bfloat16 =
        switch (settings.precision()) {
          case AUTO -> hasBfloat16(settings.device());
          case FP32 -> false;
          case BF16 -> true;
        };
    return new TorchNetwork(graph, weights, settings, bfloat16);
  }

  private static Optional<Card> card(Device device) {
    return Card.here().stream().filter(c -> c.index() == device.index()).findFirst();
  }
}
