/**
 * The engine on Deeplearning4j and ND4J: the only room that knows them.
 *
 * <p>A graph becomes a ComputationGraph with the same names, its nodes become vertices of our own
 * over ND4J's native operations ({@link org.maskmine.engine.dl4j.Operation}), as Deeplearning4j's
 * stock layers are many times slower and know neither 3D norms nor squeeze-and-excitation. {@link
 * org.maskmine.engine.dl4j.Dl4jEngine} is found by {@link java.util.ServiceLoader}.
 */
@NullMarked
package org.maskmine.engine.dl4j;

import org.jspecify.annotations.NullMarked;
