package org.maskmine.scoring;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

  /** All voxels counted together; its Dice is the challenge's global Dice. */
  public Confusion total() {
    return cases.stream().map(CaseScore::confusion).reduce(Confusion.NONE, Confusion::plus);
  }

  /** Mean of the cases' Dice scores; empty pairs are left out; NaN where no case is left. */
  public double meanDice() {
    return meanDice(Convention.LEFT_OUT);
  }

  /** Mean of the cases' Dice scores; NaN where no case is left. */
  public double meanDice(Convention convention) {
    return dice(convention).mean();
  }

  /** Mean and spread over the cases' Dice scores. */
  public Summary dice(Convention convention) {
    return Summary.of(cases.stream().mapToDouble(s -> convention.dice(s.confusion())));
  }

  /** How many cases have neither prediction nor truth, and so no Dice score. */
  public int emptyPairs() {
    return (int) cases.stream().filter(s -> Double.isNaN(s.confusion().dice())).count();
  }

  /** The lesions of all cases. */
  public Detection lesions() {
    return cases.stream()
        .map(CaseScore::lesions)
        .filter(Objects::nonNull)
        .reduce(Detection.NONE, Detection::plus);
  }

  /**
   * Predicted minus true tumour burden of each case, the lesions' share of the liver in [0, 1].
   *
   * @param part of the cases
   */
  public TumourBurden burden(Part part) {
    Map<String, Confusion> livers = new HashMap<>();
    of(part, Structure.LIVER, Gate.NONE)
        .cases()
        .forEach(c -> livers.put(c.caseId(), c.confusion()));
    return TumourBurden.of(
        of(part, Structure.LESION, Gate.PREDICTED_LIVER).cases().stream()
            .mapToDouble(
                c -> {
                  Confusion liver = livers.getOrDefault(c.caseId(), Confusion.NONE);
                  return TumourBurden.error(liver, c.confusion());
                }));
  }
}
