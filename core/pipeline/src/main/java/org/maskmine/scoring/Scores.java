package org.maskmine.scoring;

import java.util.List;
import org.maskmine.data.Part;
import org.maskmine.data.Structure;

/** Scores of single cases and what they come to together. */
public record Scores(List<CaseScore> cases) {
  /** Copies the list. */
  public Scores {
    cases = List.copyOf(cases);
  }

  /** The scores of one part, structure and gate. */
  public Scores of(Part part, Structure structure, Gate gate) {
    return new Scores(
        cases.stream()
            .filter(s -> s.part() == part && s.structure() == structure && s.gate() == gate)
            .toList());
  }

  /** All voxels counted together. */
  public Confusion total() {
    return cases.stream().map(CaseScore::confusion).reduce(Confusion.NONE, Confusion::plus);
  }

  /** Mean of the cases' Dice scores; empty pairs are left out; NaN where no case is left. */
  public double meanDice() {
    return cases.stream()
        .mapToDouble(s -> s.confusion().dice())
        .filter(d -> !Double.isNaN(d))
        .average()
        .orElse(Double.NaN);
  }

  /** How many cases have neither prediction nor truth, and so no Dice score. */
  public int emptyPairs() {
    return (int) cases.stream().filter(s -> Double.isNaN(s.confusion().dice())).count();
  }
}
