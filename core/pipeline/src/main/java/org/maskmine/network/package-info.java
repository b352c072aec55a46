/**
 * Networks as data: a {@link org.maskmine.network.Graph} is a list of records in order of
 * computation, {@link org.maskmine.network.Weights} are named arrays beside it.
 *
 * <p>{@link org.maskmine.network.UNet} draws the paper's networks (Fig. 3). No engine is known
 * here; every engine builds what the graph says, and weights travel as safetensors.
 */
@NullMarked
package org.maskmine.network;

import org.jspecify.annotations.NullMarked;
