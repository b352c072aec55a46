/**
 * How good a mask is, per case and over cases and seeds.
 *
 * <p>{@link org.maskmine.scoring.Confusion} counts voxels, {@link
 * org.maskmine.scoring.LesionMatching} lesions, {@link org.maskmine.scoring.SurfaceDistances}
 * millimetres; {@link org.maskmine.scoring.Scores} brings the cases together, {@link
 * org.maskmine.scoring.Summary} the seeds, {@link org.maskmine.scoring.PairedDifference} two runs.
 */
@NullMarked
package org.maskmine.scoring;

import org.jspecify.annotations.NullMarked;
