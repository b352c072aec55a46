package org.maskmine.engine;

import java.util.Map;
import java.util.function.DoubleSupplier;
import org.maskmine.network.Graph;
import org.maskmine.network.Weights;

/**
 * An opened network: owns native memory until {@link #close()}. Used by one thread at a time.
 *
 * <p>The same calls on the same machine with the same threads give the same numbers, bit for bit.
 */
public interface Network extends AutoCloseable {
  /** What it was built from. */
  Graph graph();

  /**
   * Logits per head, float32 [batch, channels, (z,) y, x], in evaluation mode (running statistics).
   */
  Map<String, float[]> predict(Images images);

  /**
   * One training step in training mode: forward, summed losses, backward, Adam with coupled L2.
   *
   * @param losses per head that is trained
   * @return the summed loss before the step; a card may still be computing it, and asking waits.
   *     Ask before the network is closed
   */
  DoubleSupplier step(Batch batch, Map<String, Loss> losses, double learningRate);

  /**
   * The summed loss and its gradient for every trained array, in training mode, without a step and
   * without touching running statistics.
   */
  LossAndGradient gradient(Batch batch, Map<String, Loss> losses);

  /** A copy of all weights, running statistics included, in the graph's order. */
  Weights weights();

  /**
   * A copy of Adam's state: per trained array {@code m.<array>} and {@code v.<array>}, and {@code
   * step} [1].
   */
  Weights optimiser();

  /** Continues from an optimiser's state as {@link #optimiser()} gave it. */
  void restore(Weights optimiser);

  @Override
  void close();

  /** A loss and its gradient by the names of the trained arrays. */
  record LossAndGradient(double loss, Weights gradient) {}
}
