/**
 * The paper's idea: a trained network's own errors become new training masks.
 *
 * <p>{@link org.maskmine.mining.ErrorMask} compares prediction and truth (TN 0, FP 1, FN 2, TP 3),
 * {@link org.maskmine.mining.ErrorHead} appends the four-class layer with a warm start, {@link
 * org.maskmine.mining.ReadOut} turns its logits back into a mask.
 */
@NullMarked
package org.maskmine.mining;

import org.jspecify.annotations.NullMarked;
