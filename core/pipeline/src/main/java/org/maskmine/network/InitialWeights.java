package org.maskmine.network;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.maskmine.SplitMix;

/** Weights to begin with, the same for every engine. */
public final class InitialWeights {
  private InitialWeights() {}

  /**
   * He-normal weights (He et al. 2015; PAPER section 2), biases 0, scales 1, running mean 0 and
   * variance 1.
   *
   * <p>Every array has a stream of its own, drawn from the seed and its name: the same seed gives
   * the same bits on every machine, and a further head leaves the other arrays as they were.
   */
  public static Weights heNormal(Graph graph, long seed) {
    Map<String, Weights.Array> arrays = new LinkedHashMap<>();
    for (Parameter p : graph.parameters()) {
      arrays.put(p.name(), new Weights.Array(p.shape(), draw(p, seed)));
    }
    return new Weights(arrays);
  }

  private static float[] draw(Parameter p, long seed) {
    var random = new Random(SplitMix.mix(seed * SplitMix.GOLDEN + p.name().hashCode()));
    float[] values = new float[p.size()];
    for (int i = 0; i < values.length; i++) {
      double normal = p.deviation() == 0 ? 0 : random.nextGaussian();
      values[i] = (float) (p.mean() + p.deviation() * normal);
    }
    return values;
  }
}
