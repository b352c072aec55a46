/**
 * How good a mask is: voxel counts and Dice per case, aggregated over cases.
 *
 * <p>{@link org.maskmine.scoring.Confusion} counts; everything else is derived from it.
 */
@NullMarked
package org.maskmine.scoring;

import org.jspecify.annotations.NullMarked;
