/**
 * The paper's idea: a trained network's own errors become new training masks.
 *
 * <p>{@link org.maskmine.mining.ErrorMask} compares prediction and truth (TN 0, FP 1, FN 2, TP 3),
 * {@link org.maskmine.mining.ErrorHead} appends the four-class layer with a warm start, {@link
 * org.maskmine.mining.Miner} and {@link org.maskmine.mining.Retrainer} do it to a whole run.
 */
@NullMarked
package org.maskmine.mining;

import org.jspecify.annotations.NullMarked;
