package org.maskmine.dsl.figure;

import java.util.List;
import org.maskmine.scoring.Lesion;

/**
 * The true lesions as one run finds them.
 *
 * @param label in the legend
 * @param role decides the colour
 * @param lesions with their diameter and overlap
 */
public record RunLesions(String label, Bar.Role role, List<Lesion> lesions) {
  /** Copies the list. */
  public RunLesions {
    lesions = List.copyOf(lesions);
  }
}
