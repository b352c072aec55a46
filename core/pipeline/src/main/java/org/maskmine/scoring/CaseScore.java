package org.maskmine.scoring;

import org.jspecify.annotations.Nullable;
import org.maskmine.data.Part;
import org.maskmine.data.Structure;

/**
 * One structure of one case, scored inside a gate.
 *
 * @param confusion voxel counts
 * @param lesions which lesions were found; none for the liver, and in runs of older versions
 */
public record CaseScore(
    String caseId,
    Part part,
    Structure structure,
    Gate gate,
    Confusion confusion,
    @Nullable Detection lesions) {}
