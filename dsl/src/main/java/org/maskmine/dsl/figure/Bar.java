package org.maskmine.dsl.figure;

import java.awt.Color;
import org.maskmine.scoring.Confusion;

/**
 * One run in Fig. 4.
 *
 * @param label in the legend; unique within its group
 * @param role decides the colour
 * @param counts voxels over all cases together
 */
public record Bar(String label, Role role, Confusion counts) {
  /** What a run is in the story of mask mining; the colours are the paper's (Fig. 4). */
  public enum Role {
    /** Before mining: dark grey. */
    INITIAL(0x4D4D4D),
    /** As many further epochs with the old loss: light grey. */
    CONTROL(0xB3B3B3),
    /** Dice retraining: blue. */
    RECALL(0x0072B2),
    /** Any other retraining: green. */
    OTHER(0x009E73),
    /** Pixel-weighted cross-entropy retraining: orange. */
    ROBUSTNESS(0xE69F00);

    private final Color color;

    Role(int rgb) {
      color = new Color(rgb);
    }

    Color color() {
      return color;
    }
  }
}
