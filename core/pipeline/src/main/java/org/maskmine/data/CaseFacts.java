package org.maskmine.data;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maskmine.volume.Geometry;

/**
 * What one look at a case's voxels found; remembered, so that a folder opens without a second look.
 *
 * @param content hexadecimal SHA-256 over grid, spacing, voxels and labels: cases of equal content
 *     train alike, however their files are compressed
 * @param scan the same over the image alone
 * @param geometry of the image
 * @param lowestHu of the finite voxels; NaN where there is none
 * @param highestHu of the finite voxels; NaN where there is none
 * @param notFinite voxels that are NaN or infinite
 * @param labelGeometry as the label file says it; none for an unlabelled case
 * @param labels none for an unlabelled case, nor where the labels have other voxels than the image
 */
public record CaseFacts(
    String content,
    String scan,
    Geometry geometry,
    double lowestHu,
    double highestHu,
    long notFinite,
    @Nullable Geometry labelGeometry,
    @Nullable LabelFacts labels) {

  /**
   * What the labels hold.
   *
   * @param values how often each value stands in the file
   * @param liverVoxels of the whole liver, lesions included
   * @param lesionVoxels of the lesions
   * @param lesionSizes voxels of each lesion, in memory order; lesions are connected by faces
   * @param strayLesions lesions in pieces that hold no liver voxel
   * @param fullestSlice the slice with most lesion voxels, else with most liver voxels
   * @param box voxels of the smallest box around the liver
   * @param liverHu inside the liver, outside its lesions
   * @param lesionHu inside the lesions
   */
  public record LabelFacts(
      Map<Integer, Long> values,
      long liverVoxels,
      long lesionVoxels,
      List<Integer> lesionSizes,
      int strayLesions,
      int fullestSlice,
      long box,
      HuHistogram liverHu,
      HuHistogram lesionHu) {}
}
