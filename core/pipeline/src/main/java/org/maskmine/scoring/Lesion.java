package org.maskmine.scoring;

/**
 * One lesion, true or predicted: a component of voxels that share faces.
 *
 * @param slice that holds most of it, from 0
 * @param voxels how many
 * @param diameterMm of the sphere with the same volume
 * @param contrastHu mean of the lesion minus mean of the liver without lesions; NaN for predicted
 *     lesions
 * @param overlap intersection over union with what it was matched to, in [0, 1]; 0 where it touches
 *     nothing
 */
public record Lesion(int slice, int voxels, double diameterMm, double contrastHu, double overlap) {
  /** Whether it was matched with more than this overlap: any voxel for 0. */
  public boolean matched(double moreThan) {
    return overlap > moreThan;
  }
}
