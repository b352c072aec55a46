/**
 * The engine on Deeplearning4j and ND4J: the only room that knows them.
 *
 * <p>A graph becomes a ComputationGraph with the same names; {@link
 * org.maskmine.engine.dl4j.Dl4jEngine} is found by {@link java.util.ServiceLoader}.
 */
@NullMarked
package org.maskmine.engine.dl4j;

import org.jspecify.annotations.NullMarked;
