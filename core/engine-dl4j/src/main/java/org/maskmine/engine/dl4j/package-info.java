/**
 * The engine on Deeplearning4j and ND4J: the only room that knows them.
 *
 * <p>A graph becomes a ComputationGraph with the same names, its nodes become vertices of our own
 * over ND4J's native operations ({@link org.maskmine.engine.dl4j.Operation}), as Deeplearning4j's
 * stock layers are many times slower and know neither 3D norms nor squeeze-and-excitation. What is
 * one number per channel is computed in Java. {@link org.maskmine.engine.dl4j.Dl4jEngine} is found
 * by {@link java.util.ServiceLoader}.
 *
 * <p>Three ways were tried before one was taken. Training steps of a residual 2D U-Net on
 * [12,3,128,128], as multiples of PyTorch's (fp32, its default) on the same machine: with
 * Deeplearning4j's stock layers 24, with SameDiff 6, with vertices of our own 1.3 (processor time
 * of one thread; in 3D, [2,1,64,64,32], 1.5).
 *
 * <p>ND4J frees most of what is native only when the garbage collector finds the Java object: a
 * context per operation, a view per reshape. Operations here keep their context ({@link
 * org.maskmine.engine.dl4j.NativeOp}) and arrays their views ({@link
 * org.maskmine.engine.dl4j.Slab}), so that a step leaves nothing behind.
 */
@NullMarked
package org.maskmine.engine.dl4j;

import org.jspecify.annotations.NullMarked;
