package org.maskmine.scoring;

import java.util.Optional;
import org.maskmine.data.Structure;

/**
 * Surface distances of one structure of one case.
 *
 * @param distances empty where prediction or truth is
 */
public record SurfaceScore(
    String caseId, Structure structure, Gate gate, Optional<SurfaceDistances> distances) {}
