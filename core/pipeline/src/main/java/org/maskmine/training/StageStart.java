package org.maskmine.training;

import java.util.function.Function;
import org.maskmine.data.PreparedCase;
import org.maskmine.engine.Target;
import org.maskmine.network.Weights;

/**
 * Where the training of one stage begins and what it aims at.
 *
 * @param weights for the stage's graph
 * @param membership classes of each voxel of a training case, as {@link Target#membership()}
 * @param trained false where the weights are taken over as they are
 */
public record StageStart(
    Weights weights, Function<PreparedCase, byte[]> membership, boolean trained) {}
