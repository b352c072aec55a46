package org.maskmine.dsl.figure;

import java.util.List;

/**
 * The runs of one architecture in Fig. 4.
 *
 * @param label the architecture; shown where there are several groups
 * @param bars in order; labels do not repeat
 */
public record BarGroup(String label, List<Bar> bars) {
  /** Copies the list and checks that the labels differ. */
  public BarGroup {
    bars = List.copyOf(bars);
    long labels = bars.stream().map(Bar::label).distinct().count();
    if (bars.isEmpty() || labels < bars.size()) {
      throw new IllegalArgumentException(
          "bars of " + label + ": need at least one, and labels that differ: " + bars);
    }
  }
}
