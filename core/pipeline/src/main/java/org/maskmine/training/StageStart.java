package org.maskmine.training;

import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.maskmine.data.PreparedCase;
import org.maskmine.data.Structure;
import org.maskmine.engine.Target;
import org.maskmine.network.Weights;

/**
 * Where the training of one stage begins and what it aims at.
 *
 * @param weights for the stage's graph
 * @param membership classes of each voxel of a training case for the head of a structure, as {@link
 *     Target#membership()}
 * @param errors mined errors of a training case, TN 0, FP 1, FN 2, TP 3, where patches are drawn
 *     around them
 * @param trained false where the weights are taken over as they are
 */
public record StageStart(
    Weights weights,
    BiFunction<PreparedCase, Structure, byte[]> membership,
    @Nullable BiFunction<PreparedCase, Structure, byte[]> errors,
    boolean trained) {
  /** Weights that are taken over as they are. */
  public static StageStart untrained(Weights weights) {
    return new StageStart(weights, (c, s) -> new byte[0], null, false);
  }
}
