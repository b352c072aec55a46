package org.maskmine.data;

import java.util.Optional;
import org.maskmine.volume.Geometry;
import org.maskmine.volume.Mask;
import org.maskmine.volume.Volume;

/** One patient's scan with its labels, where there are any. Safe to use from several threads. */
public interface Case {
  /** The name within the data set: {@code volume-3}. */
  String id();

  /** Grid and place of the image. */
  Geometry geometry();

  /** What the voxels hold; known without reading them again where they lie in files. */
  default CaseFacts facts() {
    return Survey.of(image(), labels(), LabelMap.LITS);
  }

  /**
   * Hexadecimal SHA-256 over grid, spacing, voxels and labels: what is made from cases of equal
   * content is equal.
   */
  default String content() {
    return facts().content();
  }

  /** The image in Hounsfield units. */
  Volume image();

  /**
   * LiTS labels on the image's grid (0 background, 1 liver, 2 lesion); empty for unlabelled cases.
   */
  Optional<Mask> labels();

  /** Whether there are labels; reads no file. */
  default boolean isLabelled() {
    return labels().isPresent();
  }

  /** A mask on this case's grid, on the grid of the file that the case was read from. */
  default Mask asStored(Mask mask) {
    return mask;
  }

  /** Binary truth of a structure; empty for unlabelled cases. */
  default Optional<Mask> truth(Structure structure) {
    return labels().map(mask -> mask.where(structure::holds));
  }
}
