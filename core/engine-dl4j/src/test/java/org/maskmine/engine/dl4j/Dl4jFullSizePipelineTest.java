package org.maskmine.engine.dl4j;

import org.junit.jupiter.api.Tag;
import org.maskmine.training.StageRecipe;

/** The pipelines with the networks and patches that a notebook takes. */
@Tag("long")
class Dl4jFullSizePipelineTest extends Dl4jPipelineTest {
  @Override
  protected StageRecipe sized(StageRecipe stage) {
    return stage;
  }
}
