package org.maskmine.scoring;

import org.maskmine.data.Part;
import org.maskmine.data.Structure;

/** One structure of one case, scored inside a gate. */
public record CaseScore(
    String caseId, Part part, Structure structure, Gate gate, Confusion confusion) {}
