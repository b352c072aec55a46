package org.maskmine.training;

import java.util.Objects;
import org.maskmine.data.Structure;
import org.maskmine.engine.Loss;
import org.maskmine.network.Architecture;

/**
 * One output of a stage.
 *
 * @param structure what it segments
 * @param network what gives its logits
 * @param loss what it minimises
 * @param readOut how its logits become a mask
 */
public record Head(Structure structure, Architecture network, Loss loss, ReadOut readOut) {
  /** Checks that a file has left nothing out. */
  public Head {
    Objects.requireNonNull(structure, "a head has no structure");
    Objects.requireNonNull(network, "a head has no network");
    Objects.requireNonNull(loss, "a head has no loss");
    Objects.requireNonNull(readOut, "a head has no read-out");
  }

  /** The head's name: {@code liver} or {@code lesion}. */
  public String name() {
    return structure.label();
  }

  /** The same with another loss and read-out. */
  public Head loss(Loss loss, ReadOut readOut) {
    return new Head(structure, network, loss, readOut);
  }

  /** The same on another network. */
  public Head network(Architecture network) {
    return new Head(structure, network, loss, readOut);
  }
}
