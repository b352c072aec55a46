/**
 * The seam between the pipeline and whatever computes: an {@link org.maskmine.engine.Engine} opens
 * a graph with its weights as a {@link org.maskmine.engine.Network} that predicts and trains.
 *
 * <p>Engines are found by {@link java.util.ServiceLoader} and imported by nobody; {@link
 * org.maskmine.engine.Engines} chooses one and the {@link org.maskmine.engine.Device} it computes
 * on, after asking the driver for its {@link org.maskmine.engine.Card}s. A {@link
 * org.maskmine.engine.Loss} is a value; each engine computes it, and a slow reference in double
 * precision holds all of them to the same number.
 */
@NullMarked
package org.maskmine.engine;

import org.jspecify.annotations.NullMarked;
